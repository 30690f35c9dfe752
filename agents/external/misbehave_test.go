package external_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/sim"
)

// misbehave is a program that plays as it is told to.
func misbehave(how string) {
	if name, ok := strings.CutPrefix(how, "serve:"); ok {
		err := external.Serve(os.Stdin, os.Stdout, func() sim.Negotiator {
			n, err := agents.New(agents.Spec{Bidding: name})
			if err != nil {
				panic(err)
			}
			return n
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	if how == "nohello" {
		time.Sleep(time.Hour)
	}
	n := 0
	for {
		raw, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		n++
		var q struct {
			ID    uint64
			Hello bool
			Turns []struct {
				Session       int
				Round, Rounds int
				Offer         []int
				Begin         *struct{ Space int }
			}
			Spaces []struct {
				Issues []struct{ Values []string }
			}
		}
		if err := json.Unmarshal(raw, &q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(9)
		}
		if !q.Hello {
			trouble(how, n)
		}
		say := map[string]any{"parley": 1, "id": q.ID}
		if how == "version" {
			say["parley"] = 9
		}
		if how == "stale" && !q.Hello {
			say["id"] = q.ID - 1
		}
		answers := []any{}
		for _, t := range q.Turns {
			a := map[string]any{"session": t.Session, "do": "offer", "offer": []int{t.Round % 4, 0, 3}}
			if t.Round > 10 && t.Offer != nil {
				a = map[string]any{"session": t.Session, "do": "accept"}
			}
			switch how {
			case "mute":
				continue
			case "nosession":
				a["session"] = 99999
			case "action":
				a["do"] = "dance"
			case "short":
				a = map[string]any{"session": t.Session, "do": "offer", "offer": []int{1}}
			case "negative":
				a["offer"] = []int{-1, 0, 0}
			case "outside":
				a["offer"] = []int{4, 0, 0}
			case "fraction":
				a["offer"] = []float64{0.5, 0, 0}
			}
			answers = append(answers, a)
		}
		say["answers"] = answers
		out, _ := json.Marshal(say)
		fmt.Println(string(out))
		if how == "chatty" && !q.Hello {
			for range 100_000 {
				fmt.Println(string(out))
			}
		}
		if how == "noisy" {
			fmt.Fprint(os.Stderr, strings.Repeat("no! ", 1<<20))
		}
	}
}

func trouble(how string, n int) {
	switch {
	case how == "garbage":
		fmt.Println("<html>certainly not</html>")
	case how == "silent":
		time.Sleep(time.Hour)
	case how == "deaf":
		time.Sleep(time.Hour)
	case how == "exit":
		fmt.Fprintln(os.Stderr, "I have had enough")
		os.Exit(3)
	case how == "closed":
		os.Stdout.Close()
		time.Sleep(time.Hour)
	case how == "gigabyte":
		chunk := strings.Repeat("x", 1<<20)
		for range 1 << 10 {
			if _, err := os.Stdout.WriteString(chunk); err != nil {
				os.Exit(1)
			}
		}
	case strings.HasPrefix(how, "once:") && n == 6:
		mark := strings.TrimPrefix(how, "once:")
		if _, err := os.Stat(mark); err != nil {
			_ = os.WriteFile(mark, nil, 0o644)
			os.Exit(4)
		}
	}
}
