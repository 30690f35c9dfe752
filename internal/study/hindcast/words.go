package hindcast

import "strings"

// label makes words of an issue's key: us_baseline_tariff is "US baseline tariff".
func label(key string) string {
	words := strings.Split(key, "_")
	for i, w := range words {
		switch w {
		case "us", "uk", "eu", "cn", "jp", "vn", "id", "ph":
			words[i] = map[string]string{"cn": "China’s", "jp": "Japan’s", "vn": "Vietnam’s", "id": "Indonesia’s", "ph": "Philippine"}[w]
			if words[i] == "" {
				words[i] = strings.ToUpper(w)
			}
		}
	}
	return strings.Join(words, " ")
}

// unit is a unit as charts print it: pct becomes %, and what stands in brackets or after it goes.
func unit(u string) string {
	switch {
	case strings.HasPrefix(u, "pct"), strings.HasPrefix(u, "%"):
		return "%"
	case strings.HasPrefix(u, "$bn"):
		return "$bn"
	}
	if i := strings.IndexAny(u, "(,"); i > 0 {
		u = strings.TrimSpace(u[:i])
	}
	return u
}

// title makes words of a scenario's name: phase_one_2020 is "Phase one 2020".
func title(name string) string {
	if name == "tiktok" {
		return "TikTok"
	}
	words := label(name)
	if words == "" {
		return name
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
