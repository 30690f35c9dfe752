# make            build bin/parley
# make check      what every commit must pass; five minutes at most
# make check-slow everything, long tests included
# make bench      the figures of docs/performance.md, each with its target
# make bench-peers Parley beside NegMAS, on one core (needs Python with negmas, named by PARLEY_PYTHON or python3)
# make gallery    draw results/gallery again, from the README's run
# make golden     write the golden files again (look at them before you commit)
GO ?= go
PKGS := ./...

.PHONY: all build check check-slow bench bench-peers gallery golden fmt lint fuzz clean

all: build

build:
	$(GO) build -trimpath -o bin/parley ./cmd/parley

fmt:
	$(GO) tool gofumpt -l -w $$(git ls-files '*.go')

lint:
	@out=$$($(GO) tool gofumpt -l $$(git ls-files '*.go')); \
	if [ -n "$$out" ]; then echo "gofumpt: run make fmt:"; echo "$$out"; exit 1; fi
	$(GO) vet $(PKGS)
	$(GO) tool staticcheck $(PKGS)

check: build lint
	$(GO) test -short -timeout 5m $(PKGS)

check-slow:
	$(GO) test -timeout 25m $(PKGS)

bench: build
	$(GO) run ./internal/bench

bench-peers:
	$(GO) run -pgo=cmd/parley/default.pgo ./internal/bench/peers

gallery: build
	bin/parley run madrid --out results/madrid-gallery --fresh --yes --quiet
	mkdir -p results/gallery
	for c in funnel deal tornado dance; do cp results/madrid-gallery/charts/??-$$c.svg results/gallery/$$c.svg || exit 1; done

golden:
	$(GO) test ./internal/chart/... ./internal/report/... -update

# Minimising is cut short: left alone it spends the whole time on the first long input that is of interest.
fuzz:
	@for t in $$(grep -rl --include=*_test.go '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -h '^func Fuzz' $$t/*_test.go | sed 's/func \(Fuzz[A-Za-z0-9_]*\).*/\1/'); do \
	    $(GO) test $$t -run '^$$' -fuzz "^$$f$$" -fuzztime 20s -fuzzminimizetime 10x || exit 1; done; done

clean:
	rm -rf bin
