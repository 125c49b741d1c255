# The door to every chore. `make` lists what there is; `make test` is what .ci/run and reviewers run.

PREFIX ?= /usr/local
DESTDIR ?=
FUZZTIME ?= 60s
GOLANGCI_VERSION := v2.15.0

# Tools live in the user's cache, never in the tree and never in the user's own GOBIN.
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/etamil
TOOLS := $(CACHE)/tools-$(GOLANGCI_VERSION)
GOLANGCI := $(TOOLS)/golangci-lint

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
# Packages with goroutines, or whose values goroutines share.
RACE := ./syntax/... ./check/... ./runtime/... ./repl/... ./cmd/...
# Packages that must also run in a browser.
PURE := ./syntax/... ./check/... ./fmt/...

.PHONY: help build test unit vet race lint fmt cross wasm drift editors vsix e2e soak fuzz bench notices install uninstall clean

help: ## list the targets
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

build: ## build bin/etamil for this machine
	CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -ldflags '$(LDFLAGS)' -o bin/etamil ./cmd/etamil

test: vet unit drift lint cross wasm race editors ## everything that must be green: vet, tests, generated files, lint, cross builds, races, editors

unit: ## all tests
	go test ./...

vet: ## the compiler's own checks
	go vet ./...

race: ## all tests of concurrent packages under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race $(RACE)
	CGO_ENABLED=1 go test -race -tags jsonrpc2poison ./lsp/... # the tag shows requests that are kept too long

$(GOLANGCI):
	GOBIN=$(TOOLS) CGO_ENABLED=0 go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

lint: $(GOLANGCI) ## golangci-lint, pinned
	$(GOLANGCI) run ./...

fmt: $(GOLANGCI) ## lay all Go files out
	$(GOLANGCI) fmt ./...

cross: ## build for every platform that we ship for, without cgo
	@for p in $(PLATFORMS); do \
	  echo "build $$p"; \
	  CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build -trimpath -tags grpcnotrace -o /dev/null ./cmd/etamil || exit 1; \
	done

wasm: ## build the pure packages for the browser
	GOOS=js GOARCH=wasm go build $(PURE)

drift: ## fail when a generated file is out of date
	go run notices.go -check

editors: vsix ## the tests of the VS Code extension, and the language server with real clients (needs Node.js, Neovim, Emacs)
	cd editors/vscode && npm run --silent types && npm test
	editors/clients/run.sh

vsix: ## build the VS Code extension, editors/vscode/out/etamil.vsix (needs Node.js)
	editors/deps.sh editors/vscode
	cd editors/vscode && npm run --silent package

e2e: ## drive the chat of docs/examples in a real browser, and a real VS Code (code-server); pictures in the cache folder. Installs 900 MB there once
	editors/e2e/arattai.sh
	editors/e2e/run.sh

soak: ## hold servers to loads that CI has no minutes for: thousands of clients, a thousand reloads
	ETAMIL_SOAK=1 go test ./cmd/etamil -run 'Soak|TestReloads' -count=1 -timeout 30m -v

fuzz: ## run every fuzz target for FUZZTIME each
	@set -e; for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "fuzz $$pkg $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$pkg; \
	  done; \
	done

bench: ## the benchmarks of docs/performance.md, beside their peers; fails when a peer is missing
	@failed=0; for part in run http check lsp; do bash bench/$$part.sh || failed=1; done; exit $$failed

notices: ## write NOTICE: the licences of everything that is linked
	go run notices.go

install: build ## install the command, its man page and completions under PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 bin/etamil $(DESTDIR)$(PREFIX)/bin/etamil
	bin/etamil man --dir $(DESTDIR)$(PREFIX)/share/man/man1 --lang en
	bin/etamil completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/etamil
	bin/etamil completion zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_etamil
	bin/etamil completion fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/etamil.fish

uninstall: ## remove what install wrote
	rm -f $(DESTDIR)$(PREFIX)/bin/etamil $(DESTDIR)$(PREFIX)/share/man/man1/etamil.1 $(DESTDIR)$(PREFIX)/share/man/man1/etamil-*.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/etamil \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_etamil \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/etamil.fish

clean: ## remove what build wrote
	rm -rf bin dist
