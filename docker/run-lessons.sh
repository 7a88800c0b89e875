#!/bin/sh
# Runs every lesson in the kernel of the image, as it is built; run in the checkout. What cells compiled that the
# cache did not have, other than the cells themselves, goes into it.
set -eu
COURSE_HELP=/nonexistent .descent/bin/lab run -- jupyter execute --timeout=600 "$@"
cd /tmp/descent-cache-0
for file in $(grep -rL gonb_ --include='*-d' .); do
  output=${file##*/} output=${output%-d}
  cp -n --parents "$file" $(grep -rlF " $output " --include='*-a' .) /opt/descent/.descent/gocache
done
rm -rf /tmp/descent-cache-0
