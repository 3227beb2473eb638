# Palabre: every daily command. `make` alone lists them.
# One graph for all modes (debug release asan tsan), each in build/<mode>/; flags that change rebuild.
# B=folder builds elsewhere, V=1 shows the compiler's lines.

MODE ?= release
PORT ?= 8080
B ?= build
PREFIX ?= /usr/local
Q := $(if $(V),,@)
SUB = $(MAKE) --no-print-directory $(if $(V),,-s)
ifeq ($(origin CC),default)
CC := gcc
endif
export PATH := $(CURDIR)/build/node/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export PALABRE_BUILD := $(abspath $B)
export PALABRE_WEB ?= $(PALABRE_BUILD)/web
find = $(sort $(shell find $1 -name '$2' -type f 2>/dev/null))

LIB_C     := $(call find,src,*.c)
SERVER_C  := $(call find,server,*.c)
HARNESS_C := $(call find,tests/harness,*.c)
UNIT_C    := $(call find,tests/unit,*_test.c)
BENCH_C   := $(call find,tests/bench,*.c)
CRASH_C   := $(call find,tests/crash,*.c)
CRASH_PROGRAMS := power reader
FUZZ_C    := $(call find,tests/fuzz,*_fuzz.c)
REPLAY_C  := tests/fuzz/replay.c
SIMULATION_C := $(call find,tests/simulation,*.c)
FUZZ_LIB_C := $(filter-out $(FUZZ_C) $(REPLAY_C),$(call find,tests/fuzz,*.c))
ENGINE_C  := $(filter tests/unit/server/engine/%,$(UNIT_C))
ALL_C     := $(LIB_C) $(SERVER_C) $(HARNESS_C) $(UNIT_C) $(BENCH_C) $(CRASH_C) $(FUZZ_C) $(REPLAY_C) $(FUZZ_LIB_C) $(SIMULATION_C)
ALL_H     := $(call find,src server tests,*.h)
WEB       := $(call find,web,*) package-lock.json

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
  -Wmissing-prototypes -Wold-style-definition -Wformat=2 -Wvla -Wwrite-strings -Wcast-qual \
  -Wpointer-arith -Wundef -Wnull-dereference -Wimplicit-fallthrough -Wfloat-equal $(if $(CI),-Werror)
PKGS := libwebsockets jansson lmdb libsodium libutf8proc
CPPFLAGS := -D_GNU_SOURCE -Isrc -I. $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
BASE := -std=c17 -g -fno-common -pthread $(WARN)
HARDEN := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection
CFLAGS_debug   := $(BASE) -O0
CFLAGS_release := $(BASE) $(HARDEN) -fPIE
# Of debug information, lines alone for what tests run (-g1), and the fast linker: hundreds of programs are linked.
CFLAGS_asan    := $(BASE) -g1 -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_fuzz    := $(BASE) -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all \
  -fsanitize=fuzzer-no-link,address,undefined
CFLAGS_tsan    := $(BASE) -g1 -O1 -fno-omit-frame-pointer -fsanitize=thread
LDFLAGS_asan := $(if $(shell command -v ld.lld),-fuse-ld=lld)
LDFLAGS_tsan := $(LDFLAGS_asan)
LDFLAGS_release := -pie -Wl,-z,relro,-z,now,-z,noexecstack
# libstemmer and libev describe themselves to no pkg-config.
LIBS := -Wl,--as-needed $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lstemmer -lev -pthread
MODES := debug release asan tsan fuzz
CC_fuzz ?= clang

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help all run test crash bench fuzz lint lint-c lint-web format clean vectors screenshot demo-reset web force
.PHONY: units-asan units-tsan bench-programs crash-programs fuzz-replays fuzzers

help: ## this list
	@echo "Palabre: make TARGET [MODE=release|debug|asan|tsan] [CC=gcc|clang] [PORT=8080] [HALL=1] [YES=1] [ONLY=pattern]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

all: $B/$(MODE)/palabre ## the program alone (build/palabre is the release one)
web: $B/web.stamp ## the web client alone, into build/web

run: ## set up, build, make the demo the first time, serve it and print links to enter
	@.ci/setup run
	@$(SUB) -j2 $B/palabre $B/web.stamp
	@PORT=$(PORT) HALL=$(HALL) .ci/demo

demo-reset: ## throw the demo organisation away and make it again
	@.ci/setup run
	@$(SUB) -j2 $B/palabre
	rm -rf data/demo
	@mkdir -p data
	$B/palabre demo data/demo

test: ## set up, build and run every test (ONLY=pattern: those whose file matches)
	@.ci/setup test
	@$(SUB) -j2 units-asan units-tsan crash-programs fuzz-replays $B/asan/palabre $B/palabre $B/web.stamp
	@node tests/harness/run.mjs '$(ONLY)'

fuzz: ## look for faults with random input, FUZZ_SECONDS (600) for each harness (ONLY=name: that one)
	@.ci/setup test
	@$(SUB) -j2 fuzzers
	@node tests/fuzz/run.mjs '$(ONLY)'

# How often the long form of tests/crash does each thing, unless the environment says so; the short form's figures stand in the tests.
crash: export PALABRE_CRASH_KILLS ?= 1000
crash: export PALABRE_CRASH_SEEDS ?= 50000
crash: export PALABRE_CRASH_STATES ?= 20000
crash: export PALABRE_CRASH_FAULTS ?= 7
crash: export PALABRE_CRASH_FULL ?= 20
crash: export PALABRE_CRASH_READERS ?= 10
crash: export PALABRE_CRASH_CLOCKS ?= 20
crash: export PALABRE_CRASH_ROT ?= 5000
crash: export PALABRE_CRASH_ERASURES ?= 150
crash: export PALABRE_TEST_SECONDS ?= 36000
crash: ## kills, power cuts, failing disks and clocks at length (docs/durability.md; hours)
	@.ci/setup test
	@$(SUB) -j2 crash-programs $B/asan/palabre $B/palabre
	@node tests/harness/run.mjs --crash '$(ONLY)'

bench: ## measure against bare limits: 10 minutes (ONLY=pattern, QUICK=1: 2 minutes)
	@.ci/setup test
	@$(SUB) -j2 bench-programs $B/palabre $B/web.stamp
	@node tests/harness/run.mjs --bench '$(ONLY)'

vectors: ## check the reference vectors and count each family
	@.ci/setup test
	@$(SUB) -j2 units-asan
	@node tests/harness/run.mjs --vectors

screenshot: ## docs/screenshot.png, from the pictures that the browser tests take
	@.ci/setup test
	@$(SUB) -j2 $B/palabre $B/asan/palabre $B/web.stamp
	@node tests/harness/run.mjs --screenshot

lint: ## formatting, static analysis, include walls, budgets, types of the client
	@.ci/setup test
	@$(SUB) -j2 lint-c lint-web
lint-c: $B/release/libpalabre.a ## the C part of lint (needs no other part built)
	@LIBRARY=$< tests/lint/c
lint-web: web/src/generated/.stamp ## the part of lint for the client and the tests in TypeScript
	biome check --error-on-warnings .
	tsc --noEmit

format: ## bring every source to the common format
	$(if $(ALL_C)$(ALL_H),clang-format -i $(ALL_C) $(ALL_H))
	biome format --write .

# The web client lies beside the program, where it is looked for; the units know PREFIX.
AT = $(DESTDIR)$(PREFIX)
UNITS := $(wildcard server/install/*.service server/install/*.timer)
install: ## set up, build, and install under PREFIX (/usr/local; DESTDIR is put before it)
	@.ci/setup run
	@$(SUB) -j2 $B/palabre $B/web.stamp
	install -D -m 755 $B/palabre $(AT)/lib/palabre/palabre
	rm -rf $(AT)/lib/palabre/web && cp -r --no-preserve=mode,ownership $B/web $(AT)/lib/palabre/web
	sed 's#PREFIX#$(PREFIX)#g' server/install/palabre-backup > $(AT)/lib/palabre/palabre-backup && chmod 755 $(AT)/lib/palabre/palabre-backup
	install -d $(AT)/bin && ln -sf ../lib/palabre/palabre $(AT)/bin/palabre
	install -D -m 644 -t $(AT)/share/doc/palabre $(wildcard docs/*.md)
	install -D -m 644 -t $(AT)/share/doc/palabre server/install/example.conf
	install -D -m 644 server/install/palabre.sysusers $(AT)/lib/sysusers.d/palabre.conf
	install -D -m 644 server/install/palabre.tmpfiles $(AT)/lib/tmpfiles.d/palabre.conf
	install -d $(AT)/lib/systemd/system
	@set -e; for unit in $(UNITS); do echo "unit $${unit##*/}"; \
	  sed 's#PREFIX#$(PREFIX)#g' $$unit > $(AT)/lib/systemd/system/$${unit##*/}; done
ifeq ($(DESTDIR),)
	systemd-sysusers palabre.conf && systemd-tmpfiles --create palabre.conf
	if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
endif

uninstall: ## remove what install put under PREFIX (organisations and their settings stay)
	rm -rf $(AT)/lib/palabre $(AT)/share/doc/palabre $(AT)/bin/palabre
	rm -f $(AT)/lib/sysusers.d/palabre.conf $(AT)/lib/tmpfiles.d/palabre.conf
	rm -f $(patsubst server/install/%,$(AT)/lib/systemd/system/%,$(UNITS))

clean: ## remove what was built (the data and the installed packages stay)
	rm -rf $B/debug $B/release $B/asan $B/tsan $B/fuzz $B/lint $B/web $B/web.stamp $B/palabre $B/openrpc.json

# The client: types from the program's own description, one bundle, each file compressed beside itself
$B/openrpc.json: $B/palabre
	@$B/palabre openrpc > $@.new && { cmp -s $@.new $@ && rm $@.new || mv $@.new $@; }
web/src/generated/.stamp: $B/openrpc.json web/generate.ts package-lock.json
	@mkdir -p $(@D)
	node --import tsx web/generate.ts $B/openrpc.json $(@D)
	@touch $@
# http.c: the head of the page is kept with it (web/build/worker.ts).
$B/web.stamp: $(WEB) server/net/http.c web/src/generated/.stamp
	vite build --config web/vite.config.ts --outDir $(PALABRE_BUILD)/web --emptyOutDir --logLevel warn
	@find $B/web -type f ! -name '*.gz' ! -name '*.br' ! -name '*.png' ! -name '*.woff2' \
	  -exec gzip -9nk {} + -exec brotli -kq 11 {} +
	@! command -v zopfli > /dev/null || find $B/web/assets -regex '.*/\(early\|first\|home\|vote\|record\|soon\|later\|fr\|nl\|en\)-[^/]*\.\(js\|css\)' -exec zopfli {} +
	@touch $@

# Keeps what comes in, when it is new; two makes may do this at once (.ci/run).
if_changed = { new=$$@.$$$$$$$$; cat > $$$$new; cmp -s $$$$new $$@ && rm $$$$new || mv $$$$new $$@; }
# C: the same rules for each mode
define mode_rules
$B/$1/flags: force
	@mkdir -p $B/$1 && echo '$(or $(CC_$1),$(CC)) $(CPPFLAGS) $(CFLAGS_$1) $(LDFLAGS_$1)' | $(if_changed)
$B/$1/sources: force
	@mkdir -p $B/$1 && echo '$(LIB_C) $(SERVER_C) $(HARNESS_C) $(FUZZ_LIB_C)' | $(if_changed)
$B/$1/obj/%.o: %.c $B/$1/flags
	@mkdir -p $$(@D) && echo "  CC $1 $$<"
	$(Q)$(or $(CC_$1),$(CC)) $(CPPFLAGS) $(CFLAGS_$1) -MMD -MP -c -o $$@ $$<
$B/$1/obj/server/commands/demo_data.o: server/commands/demo-organisation.json server/commands/demo-more.json
$B/$1/libpalabre.a: $(LIB_C:%.c=$B/$1/obj/%.o)
$B/$1/libserver.a: $(patsubst %.c,$B/$1/obj/%.o,$(filter-out server/main.c,$(SERVER_C)))
$B/$1/libengine.a: $(patsubst %.c,$B/$1/obj/%.o,$(filter server/engine/%,$(SERVER_C)))
$B/$1/libharness.a: $(HARNESS_C:%.c=$B/$1/obj/%.o)
$B/$1/libfuzz.a: $(FUZZ_LIB_C:%.c=$B/$1/obj/%.o)
$B/$1/lib%.a: $B/$1/sources
	@rm -f $$@ && $(AR) rcs $$@ $$(filter %.o,$$^)
$B/$1/palabre: $B/$1/obj/server/main.o $B/$1/libserver.a $B/$1/libpalabre.a
$(UNIT_C:%.c=$B/$1/%): $B/$1/%: $B/$1/obj/%.o $B/$1/libharness.a $B/$1/libpalabre.a
$(BENCH_C:%.c=$B/$1/%): $B/$1/%: $B/$1/obj/%.o $B/$1/libharness.a $B/$1/libpalabre.a
$(patsubst %.c,$B/$1/%,$(filter-out $(ENGINE_C),$(filter tests/unit/server/%,$(UNIT_C))) $(BENCH_C)): $B/$1/libserver.a
$(ENGINE_C:%.c=$B/$1/%): $B/$1/libengine.a
$B/$1/tests/simulation/simulation: $(SIMULATION_C:%.c=$B/$1/obj/%.o) $B/$1/libharness.a $B/$1/libserver.a $B/$1/libpalabre.a
$(FUZZ_C:%.c=$B/$1/%): $B/$1/%: $B/$1/obj/%.o $B/$1/libfuzz.a $B/$1/libharness.a $B/$1/libserver.a $B/$1/libpalabre.a
$(FUZZ_C:%.c=$B/$1/%): $(if $(filter fuzz,$1),,$(REPLAY_C:%.c=$B/$1/obj/%.o))
$(CRASH_PROGRAMS:%=$B/$1/tests/crash/%): $B/$1/%: $B/$1/obj/%.o $B/$1/libserver.a $B/$1/libpalabre.a
$B/$1/palabre $(patsubst %.c,$B/$1/%,$(UNIT_C) $(BENCH_C) $(FUZZ_C)) $(CRASH_PROGRAMS:%=$B/$1/tests/crash/%) $B/$1/tests/simulation/simulation:
	@mkdir -p $$(@D) && echo "  LINK $$@"
	$(Q)$(or $(CC_$1),$(CC)) $(CFLAGS_$1) $(LDFLAGS_$1) $(if $(filter fuzz,$1),$$(if $$(findstring /tests/fuzz/,$$@),-fsanitize=fuzzer)) \
	  -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $(LIBS) \
	  $$(if $$(filter unit fuzz simulation,$$(subst /, ,$$@)),-lcmocka)
-include $(ALL_C:%.c=$B/$1/obj/%.d)
endef
$(foreach m,$(MODES),$(eval $(call mode_rules,$m)))
$B/palabre: $B/release/palabre
	@ln -f $< $@
# With ONLY, what the pattern names is built, no more.
asked = $(if $(ONLY),$(shell printf '%s\n' $1 | grep -E '$(ONLY)'),$1)
units-asan: $(patsubst %.c,$B/asan/%,$(call asked,$(UNIT_C))) \
  $(if $(call asked,$(call find,tests/unit/tally,*.test.ts)),$B/asan/tests/unit/tally/recount_test)
units-tsan: $(patsubst %.c,$B/tsan/%,$(call asked,$(ENGINE_C)))
fuzz-replays: $(patsubst %.c,$B/asan/%,$(call asked,$(FUZZ_C)))
fuzzers: $(FUZZ_C:%.c=$B/fuzz/%)
# The shim is preloaded into the real program (release).
crash-programs: $(if $(call asked,$(call find,tests/crash,*.test.ts)),$(CRASH_PROGRAMS:%=$B/release/tests/crash/%) \
  $B/release/tests/simulation/simulation $B/release/tests/crash/shim.so)
$B/release/tests/crash/shim.so: tests/crash/shim.c tests/crash/shim.h $B/release/flags
	@mkdir -p $(@D) && echo "  CC shared $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS_release) -fPIC -shared -o $@ $<
bench-programs: $(BENCH_C:%.c=$B/release/%)
