# Coldseal.  make help lists what can be made.
B ?= build
CC ?= gcc
CSTD := -std=c17 -D_GNU_SOURCE -I.
WARN := -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wundef -Wvla \
  -Wcast-qual -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum \
  -Wformat=2 -Wnull-dereference -Werror
HARD := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fPIE -fstack-protector-strong \
  -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero
LINK := -pie -Wl,-z,relro,-z,now,-z,noexecstack
LIBS := -lsodium -lsecp256k1 -lseccomp -lutf8proc -ljansson -lncursesw
CFLAGS ?= $(HARD)
CHECKS := -DCT_CHECK=0

CORE := $(wildcard core/*/*.c core/*/*/*.c)
MEDIA := $(wildcard media/*.c media/*/*.c)
TUI := $(wildcard tui/*.c tui/*/*.c)
NOMAIN := $(filter-out core/proc/sandbox_san.c,$(CORE)) $(MEDIA) $(filter-out tui/main.c,$(TUI))
OBJ := $(NOMAIN:%.c=$B/%.o)
TESTS := $(wildcard tests/unit/*_test.c tests/proc/*_test.c)
TESTBIN := $(TESTS:%.c=$B/%)

all: $B/coldseal
$B/coldseal: $B/tui/main.o $B/libcoldseal.a
	$(CC) $(CFLAGS) $(LINK) $^ $(LIBS) -o $@
$B/libcoldseal.a: $(OBJ)
	@rm -f $@
	$(AR) rcs $@ $^
$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CHECKS) $(CFLAGS) -MMD -MP -c $< -o $@
-include $(OBJ:.o=.d)
$B/tests/%_test: tests/%_test.c $B/libcoldseal.a
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CHECKS) $(CFLAGS) $(LINK) -MMD -MP $< $B/libcoldseal.a $(LIBS) -lcmocka -o $@
-include $(TESTBIN:=.d)
unit: $(TESTBIN)
	@for t in $(TESTBIN); do $$t || exit 1; done
.PHONY: all unit
.SECONDARY:
