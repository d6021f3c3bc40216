# The live image: included by the Makefile, whose compiler flags it uses.
IMAGE := $B/image

INIT := $(wildcard live-build/init/*.c)
$B/live-build/init/init: $(INIT:%.c=$B/%.o)
	$(if $Q,@echo "  LINK  $@")
	$Q$(CC) $(CFLAGS) $(LINK) $^ -o $@
-include $(INIT:%.c=$B/%.d)

need-image:
	@tools/need $(NEED) image

## image: the live image, coldseal-VERSION-amd64.iso, made as root
image: need-image
	@live-build/build $(IMAGE)
	@cp $(IMAGE)/build/out/coldseal-*.iso $B/

## lock: renew the list of packages that the image is built with
lock: need-image
	@live-build/pool lock

.PHONY: need-image image lock
