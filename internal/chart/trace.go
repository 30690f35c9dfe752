package chart

// trace finds the lines on which a table of values, [y][x], has a level: marching squares, with the
// middle of a cell deciding between the two ways through a saddle. A line that does not close ends at
// the table's edge. Points are in the coordinates of xs and ys.
func trace(xs, ys []float64, z [][]float64, level float64) [][]pt {
	// An edge of the grid is numbered by its lower left point; along x it is even, along y odd. A
	// contour crosses an edge at most once, so edges are the nodes and cells give the links.
	nx, ny := len(xs), len(ys)
	edge := func(i, j, up int) int { return 2*(j*nx+i) + up }
	at := func(e int) pt {
		i, j := e/2%nx, e/2/nx
		i1, j1 := i+1, j
		if e%2 == 1 {
			i1, j1 = i, j+1
		}
		t := (level - z[j][i]) / (z[j1][i1] - z[j][i])
		return pt{xs[i] + t*(xs[i1]-xs[i]), ys[j] + t*(ys[j1]-ys[j])}
	}
	links := make([][2]int, 2*nx*ny) // to one more than the next edge; 0: none
	link := func(a, b int) {
		for _, e := range [2][2]int{{a, b}, {b, a}} {
			if l := &links[e[0]]; l[0] == 0 {
				l[0] = e[1] + 1
			} else {
				l[1] = e[1] + 1
			}
		}
	}
	for j := range ny - 1 {
		for i := range nx - 1 {
			over := [4]bool{z[j][i] >= level, z[j][i+1] >= level, z[j+1][i+1] >= level, z[j+1][i] >= level}
			side := [4]int{edge(i, j, 0), edge(i+1, j, 1), edge(i, j+1, 0), edge(i, j, 1)} // between corners k and k+1
			var cut []int
			for k := range 4 {
				if over[k] != over[(k+1)%4] {
					cut = append(cut, k)
				}
			}
			switch len(cut) {
			case 2:
				link(side[cut[0]], side[cut[1]])
			case 4:
				mid := (z[j][i]+z[j][i+1]+z[j+1][i+1]+z[j+1][i])/4 >= level
				if mid == over[0] { // corners 1 and 3 are cut off
					link(side[0], side[1])
					link(side[2], side[3])
				} else {
					link(side[3], side[0])
					link(side[1], side[2])
				}
			}
		}
	}
	seen := make([]bool, len(links))
	walk := func(e int) (path []pt) {
		for {
			seen[e] = true
			path = append(path, at(e))
			next := -1
			for _, l := range links[e] {
				if l > 0 && !seen[l-1] {
					next = l - 1
					break
				}
			}
			if next < 0 {
				return path
			}
			e = next
		}
	}
	var out [][]pt
	for e, l := range links { // open lines from their ends
		if !seen[e] && l[0] > 0 && l[1] == 0 {
			out = append(out, walk(e))
		}
	}
	for e, l := range links { // then rings
		if !seen[e] && l[0] > 0 {
			path := walk(e)
			out = append(out, append(path, path[0]))
		}
	}
	return out
}
