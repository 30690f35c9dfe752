package chance_test

import (
	"fmt"

	"github.com/parley-sim/parley/sim/chance"
)

// One number of one run: the same whatever was drawn before it, and by whom.
func Example() {
	tariff, err := chance.NewPert(51.1, 65, 124.1)
	if err != nil {
		fmt.Println(err)
		return
	}
	const seed = 7
	id := chance.ID("no_deal.us_tariff")
	for replication := range uint64(3) {
		fmt.Printf("run %d: %.1f%%\n", replication, tariff.Quantile(chance.U(seed, replication, id, 0)))
	}
	fmt.Printf("%s; mean %.2f\n", tariff, tariff.Mean())
	// Output:
	// run 0: 52.4%
	// run 1: 88.5%
	// run 2: 58.3%
	// pert 51.1 to 124.1, likely 65; mean 72.53
}
