# Coldseal.  "make help" lists what can be made.
#
# make B=DIR builds somewhere else, CC=clang with another compiler, SAN=1 with
# sanitizers (and without the jail), CT=1 with valgrind's marks on secrets,
# COV=1 with coverage counters: each wants a B of its own.
B ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
# V=1 shows every command whole.
Q := $(if $(filter 1,$(V)),,@)
PREFIX ?= /usr
DESTDIR ?=

# --- what is missing is installed first where that is expected of us --------
ASKED := $(or $(MAKECMDGOALS),all)
INSTALLS := run test test-full bench coverage fuzz ct peers image
ifneq ($(filter true,$(CI))$(filter $(INSTALLS),$(ASKED)),)
NEED := --install
endif
IDLE_GOALS := help clean need-build need-test
ifneq ($(filter-out $(IDLE_GOALS),$(ASKED)),)
COMPILES := 1
endif

# --- flags -----------------------------------------------------------------
CSTD := -std=c17 -D_GNU_SOURCE -I.
WARN := -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wundef -Wvla \
  -Wcast-qual -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum \
  -Wformat=2 -Wnull-dereference -Werror
LINK := -pie -Wl,-z,relro,-z,now,-z,noexecstack
LIBS := -lsodium -lsecp256k1 -lseccomp -lutf8proc -ljansson -lncursesw \
  -lqrencode -ludev
CHECKS := -DCT_CHECK=0
SANDBOX := sandbox
# Which hardening flags this compiler knows is asked once: PROBED.
ifeq ($(COMPILES),1)
include $B/flags.mk
endif
HARD := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fPIE \
  -fstack-protector-strong $(PROBED)
CFLAGS ?= $(HARD)
ifeq ($(SAN),1)
CFLAGS := -O1 -g -fPIE -fno-omit-frame-pointer -fsanitize=address,undefined \
  -fno-sanitize-recover=all
SANDBOX := sandbox_san
endif
ifeq ($(CT),1)
CHECKS := -DCT_CHECK=1
endif
ifeq ($(COV),1)
CFLAGS := -O0 -g -fPIE --coverage
LINK += -Wl,--wrap=_exit
COUNTS := tests/coverage/flush.c
SANDBOX := sandbox_san
endif

# --- sources: found, not listed ---------------------------------------------
CORE := $(wildcard core/*/*.c core/*/*/*.c)
MEDIA := $(wildcard media/*.c media/*/*.c)
TUI := $(wildcard tui/*.c tui/*/*.c)
JAILS := core/proc/sandbox.c core/proc/sandbox_san.c
# AES by the processor's instruction, on the machines that this is written for.
AESES := core/crypto/aes_x86.c core/crypto/aes_none.c
AES := $(if $(filter x86_64%,$(shell $(CC) -dumpmachine)),aes_x86,aes_none)
PARTS := $(filter-out $(JAILS) $(AESES) tui/main.c,$(CORE) $(MEDIA) $(TUI)) \
  core/proc/$(SANDBOX).c core/crypto/$(AES).c $(COUNTS)
OBJ := $(PARTS:%.c=$B/%.o)
# Loops of arithmetic: unrolled, they take half the time.
LOOPS := aes cryptonight fe25519 ge25519 ge25519_sum
$(LOOPS:%=$B/core/crypto/%.o): UNROLL := $(if $(filter 1,$(SAN) $(COV)),,-O3)
TESTS := $(wildcard tests/unit/*_test.c tests/proc/*_test.c tests/faults/*_test.c)
BARE := $B/tests/proc/bare/coldseal
TESTBIN := $(TESTS:%.c=$B/%) $(BARE)
BENCHBIN := $B/tests/bench/floor

## all: build/coldseal, the program
all: $B/coldseal
$B/coldseal: $B/tui/main.o $B/libcoldseal.a
	$(if $Q,@echo "  LINK  $@")
	$Q$(CC) $(CFLAGS) $(LINK) $^ $(LIBS) -o $@
# An archive, so that each test links only what it names.
$B/libcoldseal.a: $(OBJ)
	@rm -f $@
	@$(AR) rcs $@ $^
$B/%.o: %.c | need-build
	@mkdir -p $(@D)
	$(if $Q,@echo "  CC    $<")
	$Q$(CC) $(CSTD) $(WARN) $(CHECKS) $(CFLAGS) $(UNROLL) -MMD -MP -c $< -o $@
$B/tests/%_test: tests/%_test.c $B/libcoldseal.a
	@mkdir -p $(@D)
	$(if $Q,@echo "  TEST  $<")
	$Q$(CC) $(CSTD) $(WARN) $(CHECKS) $(CFLAGS) $(LINK) -MMD -MP $< \
	  $B/libcoldseal.a $(LIBS) -lcmocka -o $@
# Before the archive, it is what is linked of that name.
$(BARE): tests/proc/bare.c $B/tui/main.o $B/libcoldseal.a
	@mkdir -p $(@D)
	$Q$(CC) $(CSTD) $(WARN) $(CHECKS) $(CFLAGS) $(LINK) $^ $(LIBS) -o $@
REPLAYS := $(patsubst tests/fuzz/fuzz_%.c,$B/tests/fuzz/replay_%,\
  $(wildcard tests/fuzz/fuzz_*.c))
$B/tests/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $B/libcoldseal.a
	@mkdir -p $(@D)
	$Q$(CC) $(CSTD) $(WARN) $(CHECKS) $(CFLAGS) $(LINK) $^ $(LIBS) -lpthread \
	  -o $@
replays: $(REPLAYS)
$B/flags.mk: tools/probe | need-build
	@mkdir -p $(@D)
	@tools/probe $(CC) > $@.new && mv $@.new $@
-include $(OBJ:.o=.d) $B/tui/main.d $(TESTBIN:=.d)

need-build:
	@tools/need $(NEED) build
need-test:
	@tools/need $(NEED) build test

## run: a demo stick with real unsigned PSBTs, and the program open on it
run: need-test all
	@tools/demo $B

## test: everything that proves something, under 20 minutes on 2 cores
test: need-test
	@tools/suite --build $B --make "$(MAKE)" test

## test-full: the same and what takes longer (FULL_MINUTES, 90 if unset)
test-full: need-test need-image
	@tools/suite --build $B --make "$(MAKE)" full

## unit: the unit and process tests alone
unit: $(TESTBIN)
	@tools/tap.py $(TESTBIN)
testbins: $(TESTBIN)

## san: unit and process tests under ASan and UBSan (no jail in that build)
san:
	@$(MAKE) B=$B/san SAN=1 unit

## lint: the rules of the house, each with a control that must fail
lint: all
	@tools/tap.py "tests/lint/run $B"

## ct: constant time of the keeper, under valgrind, gcc and clang
ct: need-test
	@tools/tap.py "tests/ct/run $B"

## peers: a real Bitcoin node, Electrum and Python judge what we sign
peers: need-test all
	@tools/tap.py "tests/peers/run $B" "tests/peers/monero_check.py $B"

## fuzz: libFuzzer over the job table for FUZZ_SECONDS (60)
fuzz: need-test
	@tests/fuzz/run $B

## coverage: which lines the unit and process tests run
coverage: need-test
	@tools/coverage $B "$(MAKE)"

## bench: speed and memory, beside a real node and raw libsecp256k1
bench: need-test all $(BENCHBIN)
	@tests/bench/run $B
$(BENCHBIN): tests/bench/floor.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CHECKS) $(CFLAGS) $(LINK) $< -lsecp256k1 -lsodium -o $@

include live-build/image.mk

## install: program and manual page under DESTDIR and PREFIX (/usr)
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $B/coldseal $(DESTDIR)$(PREFIX)/bin/coldseal
	install -m 644 doc/coldseal.1 $(DESTDIR)$(PREFIX)/share/man/man1/coldseal.1

## clean: take the build directory away
clean:
	rm -rf $B

## help: this list
help:
	@sed -n 's/^## \([a-z-]*\): \(.*\)/  make \1	\2/p' \
	  Makefile live-build/image.mk | expand -t 20

.PHONY: all replays need-build need-test run test test-full unit testbins san lint ct \
  peers fuzz coverage bench install clean help
.SECONDARY:
.DELETE_ON_ERROR:
