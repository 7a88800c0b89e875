# Commands of the course. Needed: make, Go, Python 3.10 or newer.
#   make lab [LESSON=01] [COURSE_LANG=ko|en] [PORT=8890] [OPEN=0] [PYTHON=python3.13]
GO ?= go

# LAB builds and becomes tools/lab, whatever the user's Go settings are. What
# can be wrong before a Go program runs is said here. The build has a cache of
# its own: after some days Go would trim from a common one what cells need.
LAB = @say() { case "$${COURSE_LANG:-$${LC_ALL:-$${LC_MESSAGES:-$$LANG}}}" in \
	  ko*) echo "$$1" ;; *) echo "$$2" ;; esac; }; \
	die() { say "descent: $$1" "descent: $$2" >&2; exit 1; }; \
	export HOME="$${HOME:-$$PWD/.descent/home}" GO="$${GO:-go}"; \
	clean_go() { env -i PATH="$$PATH" HOME="$$HOME" TMPDIR="$${TMPDIR:-/tmp}" GOENV=off GOWORK=off \
	  GOTOOLCHAIN=local CGO_ENABLED=0 GOCACHE="$$PWD/.descent/labcache" "$$GO" "$$@"; }; \
	command -v "$$GO" >/dev/null || \
	  die "Go가 없습니다. https://go.dev/dl 에서 1.26 이상을 설치하세요." \
	      "Go is missing: install 1.26 or newer from https://go.dev/dl"; \
	case "$$(clean_go env GOVERSION)" in \
	go1.[0-9]|go1.[0-9][!0-9]*|go1.1[0-9]|go1.1[0-9][!0-9]*|go1.2[0-5]|go1.2[0-5][!0-9]*) \
	  die "$$(clean_go env GOVERSION)은(는) 너무 오래되었습니다. https://go.dev/dl 에서 Go 1.26 이상을 설치하세요." \
	      "$$(clean_go env GOVERSION) is too old: install Go 1.26 or newer from https://go.dev/dl" ;; esac; \
	mkdir -p .descent/bin 2>/dev/null && test -w .descent/bin || \
	  die "$$PWD 폴더에 쓸 수 없습니다. 쓸 수 있는 폴더에서 강의를 다시 받으세요." \
	      "The folder $$PWD is not writable: put the course in a folder of your own."; \
	test -x .descent/bin/lab || say "설치 프로그램을 준비합니다." "Building the set-up program."; \
	out=$$(clean_go build -o .descent/bin/lab ./tools/lab 2>&1) || case $$out in *"no space left"*) \
	  die "디스크가 가득 찼습니다. 2 GB쯤 비우고 다시 실행하세요." \
	      "The disk is full: free some 2 GB and run this again." ;; *) \
	  die "설치 프로그램을 만들지 못했습니다: $$out" "Building the set-up program failed: $$out" ;; esac; \
	exec .descent/bin/lab
# RUN runs a command in the environment that a first line `$(LAB) setup` made.
RUN = .descent/bin/lab run --

.PHONY: lab edit setup doctor clean image image-test test test-browser test-processors outputs sync lint bench bench-peers

lab: ; $(LAB) lab
edit: ; $(LAB) edit
setup: ; $(LAB) setup
doctor: ; $(LAB) doctor

clean:
	@test ! -d .descent || chmod -R u+w .descent
	rm -rf .descent

# The course as a container image, with docker, podman or buildah, whichever answers (ENGINE=podman names one).
image: ; $(GO) run ./tools/image build

# Builds it (BUILD=0 takes the one that is there) and tries it as students and hubs do; minutes, and a Chromium.
image-test:
	test "$(BUILD)" = 0 || $(GO) run ./tools/image build
	TEST_IMAGE=1 $(GO) test -C tools/image -count=1 -timeout 40m

lint:
	$(LAB) setup -test
	$(RUN) sh -c 'bad=$$(gofmt -l *.go pkg tools); test -z "$$bad" || { echo "gofmt: $$bad"; exit 1; }'
	$(RUN) go vet ./...
	$(RUN) staticcheck ./...

# The notebooks come last and alone, so that their summary is what one reads.
test: lint
	$(RUN) go test . ./pkg/... ./tools/lab ./tools/image/...
	$(RUN) go test -C tools/bench -count=1 -timeout 40m

# The same numbers from other processors: amd64 with fused operations, and arm64
# where Debian's qemu-user-static is installed.
test-processors:
	$(LAB) setup -test
	$(RUN) env GOAMD64=v3 go test ./pkg/optim/... ./pkg/surface ./pkg/weightinit ./pkg/digits ./pkg/mlp
	if command -v qemu-aarch64-static >/dev/null; then \
	  $(RUN) env GOARCH=arm64 go test -exec qemu-aarch64-static -run 'Bits|Golden|Fast' -skip DoesNotAllocate ./pkg/optim/... ./pkg/surface ./pkg/weightinit ./pkg/mlp; \
	else echo "SKIP: arm64, qemu-aarch64-static is missing"; fi

# Opens the course as a student does, in a real Chromium; pictures in .descent/test/browser.
test-browser:
	$(LAB) setup -test
	TEST_BROWSER=1 $(GO) test -C tools/browser -count=1 -timeout 60m

# Stores what the notebooks give, of all or of LESSON=03; TIMING=1 measures seconds anew.
outputs:
	$(LAB) setup -test
	$(RUN) go test -C tools/bench -count=1 -timeout 40m -run TestRun -update

# Carries the code cells of all lessons or of LESSON=03 from FROM=ko (or en) to the other language.
sync:
	$(LAB) setup
	$(RUN) go run ./tools/bench/sync

bench:
	$(LAB) setup -test
	$(RUN) go test -run=NONE -bench=. ./pkg/...

# Steps, training and figures beside NumPy, PyTorch and matplotlib, in one run.
# These come into an environment of their own, 5 GB on Linux, with Python 3.11 or newer.
bench-peers: .descent/peers/done
	DESCENT_PEERS="$(CURDIR)/.descent/peers/bin/python" $(GO) test -run=NONE -bench=Peers -benchtime=1x -p=1 ./pkg/optim ./pkg/mlp ./pkg/plots

.descent/peers/done: tools/peers.txt
	rm -rf .descent/peers
	"$${PYTHON:-python3}" -m venv .descent/peers
	.descent/peers/bin/python -m pip install --require-hashes --no-deps --only-binary :all: -r tools/peers.txt
	touch $@
