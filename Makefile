# `make run` and `make test` do all the set-up they need on a fresh Debian or Ubuntu with a Swift toolchain.

PREFIX ?= /usr/local
SPEC ?=
NET ?=
PEERS ?=
TARGET ?=
RUNS ?=
JOBS ?= 1
SEED ?=
EACH ?= once
OF ?=
SANITIZER ?=

SCRATCH := .build
BINARY := .build/release/trainspotter
SHARE := $(DESTDIR)$(PREFIX)/share/trainspotter
COMPLETE_BASH := $(DESTDIR)$(PREFIX)/share/bash-completion/completions/trainspotter
COMPLETE_ZSH := $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_trainspotter
COMPLETE_FISH := $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/trainspotter.fish
MANUAL := $(DESTDIR)$(PREFIX)/share/man/man1/trainspotter.1
SOURCES := Package.swift Sources Tests

.DEFAULT_GOAL := help
.PHONY: help build build-tests run test test-slurm check check-build fuzz fuzz-ci faults soak beside sanitize lint format bench bench-growth bench-dashboard screenshots install uninstall clean

help:
	@echo 'make run [SPEC="200tanh lr=3e-4"]   build and open the dashboard'
	@echo 'make test                           build and run all tests'
	@echo 'make test-slurm                     a search on a Slurm of two nodes here, one of which is killed'
	@echo 'make check                          what CI runs: lint, build without warnings, tests'
	@echo 'make fuzz [TARGET=npy] [SECONDS=60] [JOBS=1]   feed the parsers with anything, a minute each'
	@echo 'make faults [EACH=all] [OF=train]   refuse every call of the disk, once or in each way; cut the power'
	@echo 'make soak [SECONDS=7200]            use the dashboard at random for two hours, and measure it'
	@echo 'make beside [SECONDS=600]           dashboards, trainings and commands on one store, with kills'
	@echo 'make sanitize [SANITIZER=thread]    all tests under AddressSanitizer and ThreadSanitizer'
	@echo 'make bench [NET="8tanh 200tanh"]    seconds an epoch takes, beside Keras, PyTorch and JAX'
	@echo '           [PEERS="~/jax/bin/python"]   where a Python of PEERS (or python3) has them'
	@echo 'make bench-growth                   how time and memory grow with width, depth, batch and threads'
	@echo 'make bench-dashboard                what frames of the dashboard take from training'
	@echo 'make screenshots                    draw the pictures of the README'
	@echo 'make build                          build only: $(BINARY)'
	@echo 'make install [PREFIX=/usr/local]    program, data, themes, manual, completions; needs no checkout'
	@echo 'make uninstall [PREFIX=/usr/local]  remove them'
	@echo 'make format                         lay out the sources as `make check` wants them'
	@echo 'make clean                          remove what was built'
	@echo
	@echo 'Missing Debian packages are installed on the way, after saying which and why.'

build:
	@.ci/setup
	swift build -c release --product trainspotter

run: build
	@$(BINARY) $(SPEC)

test: build-tests
	@.ci/test $(SCRATCH)

# Needs Debian's slurm-wlm and munge; the Slurm is this user's own, in a folder for temporary files.
test-slurm:
	@if ! PATH=$$PATH:/usr/sbin command -v slurmctld >/dev/null || ! PATH=$$PATH:/usr/sbin command -v munged >/dev/null; then \
		echo 'Skipped: Slurm is not installed (apt-get install slurm-wlm munge)'; \
	else $(MAKE) --no-print-directory build-tests && Tests/Slurm/with-two-nodes.sh \
		swift test -c release --scratch-path $(SCRATCH) --skip-build --filter TwoNodesTests; fi

build-tests:
	@.ci/setup test
	swift build -c release --scratch-path $(SCRATCH) --build-tests

# Exported to the build of the tests: Package.swift turns warnings into errors. Other compiler arguments make another
# build: in a folder of its own, it and that of `make run` leave each other alone.
check check-build fuzz-ci: export TRAINSPOTTER_STRICT = 1
check check-build fuzz-ci: SCRATCH := .build-strict
check: check-build test
check-build: lint build-tests

# Needs clang's libFuzzer, which comes with Swift; built for itself, as it takes some minutes.
fuzz: SECONDS ?= 60
fuzz:
	@.ci/setup test
	@.ci/fuzz "$(TARGET)" "$(SECONDS)" "$(RUNS)" "$(JOBS)"

# The same targets without libFuzzer, with new inputs each time: 20 seconds each, on two cores three minutes in all.
fuzz-ci: build-tests
	TRAINSPOTTER_FUZZ_SECONDS=20 swift test -c release --scratch-path $(SCRATCH) --skip-build --filter FuzzTargetTests

# `make test` tries some of each command.
faults: build-tests
	TRAINSPOTTER_EVERY_FAULT=$(EACH) TRAINSPOTTER_FAULTS_OF="$(OF)" swift test -c release --scratch-path $(SCRATCH) --skip-build --filter 'DiskFaultTests|PowerLossTests|ExitTests'

# The same as SoakTests do for some seconds. Both print a line for each minute and a table at the end. SEED=… does what
# a run before has done.
soak: SECONDS ?= 7200
beside: SECONDS ?= 600
soak beside: build
	@.ci/setup test
	swift build -c release --product soak
	.build/release/soak $(if $(filter soak,$@),dashboard,beside) seconds=$(SECONDS) $(if $(SEED),seed=$(SEED))

# Each is a release build of its own, which takes some twenty processor minutes; the tests take some times as long.
sanitize:
	@.ci/setup test
	@for kind in $(or $(SANITIZER),address thread); do .ci/sanitize $$kind || exit 1; done

lint:
	@.ci/setup swift
	swift format lint --strict --parallel --recursive --configuration .swift-format $(SOURCES)

format:
	@.ci/setup swift
	swift format --in-place --parallel --recursive --configuration .swift-format $(SOURCES)

# A run that a key starts is trained as long as the first one, so that runs can be compared. All of them are done:
# what goes on training is another picture each time.
screenshots: SHOT = $(BINARY) screenshot --size 160x48 --epochs 8
screenshots: OUT := --out .github/screenshots
screenshots: build
	@mkdir -p .github/screenshots
	@$(SHOT) lab 200relu+drop0.2-100relu epochs=8 $(OUT)/lab.svg
	@$(SHOT) curves 128relu epochs=8 --keys "$$(printf '1]]]r+rftanh\nr2Chhh')" $(OUT)/curves.svg
	@$(SHOT) confusion 200relu+drop0.2-100relu epochs=8 --theme light $(OUT)/confusion.svg
	@$(SHOT) digits 200relu+drop0.2-100relu epochs=8 $(OUT)/digits.svg
	@$(SHOT) network 64relu epochs=8 $(OUT)/network.svg
	@$(SHOT) runs 128relu epochs=8 --keys "$$(printf '1]]]r+rftanh\nr6mjmjm')" --theme gruvbox $(OUT)/runs.svg
	@$(BINARY) screenshot data --untrained --size 160x48 $(OUT)/data.svg
	@$(SHOT) draw 200relu+drop0.2-100relu epochs=8 \
		--keys "$$(printf 'kkkkkkkkhhhhhh\nllllllllllhjhjjhjjjhjjhjjj\njjjj')" $(OUT)/draw.svg

# With NET that network alone; else the table of Benchmarks/README.md, beside the peers that the interpreters PEERS import.
bench: build
	@if [ -n "$(NET)" ]; then $(BINARY) bench $(NET); \
	elif command -v python3 >/dev/null; then python3 Benchmarks/compare.py $(BINARY) $(PEERS); \
	else $(BINARY) bench 8tanh 200tanh 100-200-100relu "200tanh batch=128" "512-512relu batch=128"; fi

bench-growth: build
	@python3 Benchmarks/growth.py $(BINARY)

# In the terminal it is started in.
bench-dashboard: build
	@$(BINARY) bench 8tanh 200tanh 100-200-100relu "512-512relu batch=128" --frame-cost 20

# `sudo make install` installs what its user has built: root seldom has Swift in its path.
install:
	@if [ -z "$$SUDO_USER" ] || [ ! -x $(BINARY) ]; then $(MAKE) --no-print-directory build; fi
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/trainspotter
	install -d $(SHARE)/mnist $(SHARE)/themes
	install -m 644 Sources/Datasets/Resources/mnist/* $(SHARE)/mnist
	install -m 644 themes/* $(SHARE)/themes
	install -d $(dir $(COMPLETE_BASH)) $(dir $(COMPLETE_ZSH)) $(dir $(COMPLETE_FISH))
	install -d $(dir $(MANUAL))
	$(BINARY) --generate-manual >$(MANUAL)
	$(BINARY) --generate-completion-script bash >$(COMPLETE_BASH)
	$(BINARY) --generate-completion-script zsh >$(COMPLETE_ZSH)
	$(BINARY) --generate-completion-script fish >$(COMPLETE_FISH)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/trainspotter $(MANUAL) $(COMPLETE_BASH) $(COMPLETE_ZSH) $(COMPLETE_FISH)
	rm -rf $(SHARE)

clean:
	rm -rf .build .build-strict .build-fuzz .build-python
