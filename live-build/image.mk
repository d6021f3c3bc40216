# The live image: included by the Makefile, whose compiler flags it uses.
IMAGE := $B/image
ISO ?= $(firstword $(filter-out %-debug-amd64.iso,\
  $(wildcard $B/coldseal-*.iso)))

INIT := $(wildcard live-build/init/*.c)
$B/live-build/init/init: $(INIT:%.c=$B/%.o)
	$(if $Q,@echo "  LINK  $@")
	$Q$(CC) $(CFLAGS) $(LINK) $^ -o $@
-include $(INIT:%.c=$B/%.d)
$B/live-build/debug/debug: $B/live-build/debug/debug.o
	$Q$(CC) $(CFLAGS) $(LINK) $^ -o $@

need-image:
	@tools/need $(NEED) image

## image: the live image, coldseal-VERSION-amd64.iso, made as root
image: need-image
	@live-build/build $(IMAGE)
	@cp $(addprefix $(IMAGE)/build/out/,coldseal-*.iso coldseal-*.manifest \
	  packages SHA256SUMS) $B/
	@live-build/expect $(IMAGE)/build/out/coldseal-*.iso

## expect: write the hash of the image just made into live-build/expected
expect:
	@WRITE=1 live-build/expect "$(ISO)"

## image-debug: with a shell on Alt-F2; says so on every screen; as root
image-debug: need-image
	@DEBUG=1 live-build/build $(IMAGE)-debug
	@cp $(IMAGE)-debug/build/out/coldseal-*-debug-amd64.iso $B/

## image-repro: the image a second time, elsewhere and otherwise: the same?
image-repro: need-image
	@live-build/repro $B $(KERNEL)

## verify: take ISO= apart and compare with its manifest; REBUILD=1 builds it
verify: need-image
	@live-build/verify $(ISO)
	$(if $(REBUILD),@live-build/build $(IMAGE)-again && live-build/verify \
	  --same $(IMAGE)-again/build/out/coldseal-*.iso $(ISO))

## stick: write ISO= (the image just made) to DEV=, read it back, compare
stick:
	@live-build/stick "$(ISO)" "$(DEV)"

## attest: sign SHA256SUMS as one more builder, with minisign and KEY=
attest:
	@cd $B && sha256sum --quiet -c SHA256SUMS
	@minisign -S -s "$(KEY)" -x \
	  $B/SHA256SUMS.$(basename $(notdir $(KEY))).minisig -m $B/SHA256SUMS

## test-image: the image in QEMU, BIOS and UEFI, by keys and pixels
test-image: need-image
	@tools/tap.py "tests/image/run $B" "tests/image/media $B" \
	  "tests/image/release $B"

## bench-image: the image beside an ordinary live image of Debian; as root
bench-image: need-image
	@tests/image/bench $B

## lock: renew the list of packages that the image is built with
lock: need-image
	@live-build/pool lock

.PHONY: need-image image image-debug image-repro bench-image expect verify stick \
  attest test-image lock
