#!/bin/bash
# The entry of the image: root drops to NB_UID, hooks run, the course comes into the student's folder, and the
# command starts there. The contract of jupyter/docker-stacks, except that before-notebook.d runs as the user.
set -e
case ${COURSE_LANG:-$LANG} in ko*) COURSE_LANG=ko ;; *) COURSE_LANG=en ;; esac
export COURSE_LANG
say() { if [ $COURSE_LANG = ko ]; then echo "descent: $1"; else echo "descent: $2"; fi >&2; }
hooks() {
  set +e
  for hook in "/usr/local/bin/$1"/*; do
    case $hook in
    *.sh) [ -r "$hook" ] && . "$hook" || [ ! -e "$hook" ] || echo "$hook failed" >&2 ;;
    *) [ ! -x "$hook" ] || "$hook" || echo "$hook failed" >&2 ;;
    esac
  done
  set -e
}

# Reports whether a user or group can have this number; the kernel takes higher ones for another, such as root.
valid_id() { [[ $1 =~ ^(0|[1-9][0-9]{0,9})$ ]] && [ "$1" -le 4294967294 ]; }
# Makes a folder and reports whether files can be made in it.
writable() { mkdir -p "$1" 2>/dev/null && (: >"$1/.descent-$$") 2>/dev/null && rm -f "$1/.descent-$$"; }
# Reports whether programs in it may run.
runs() {
  writable "$1" && cp /bin/true "$1/.descent-$$" && { "$1/.descent-$$" 2>/dev/null; local rc=$?; rm -f "$1/.descent-$$"; return $rc; }
}

[ -n "$DESCENT_STARTED" ] || hooks start-notebook.d
export DESCENT_STARTED=1

if [ "$(id -u)" = 0 ]; then
  uid=${NB_UID:-1000} gid=${NB_GID:-100}
  if ! valid_id "$uid" || ! valid_id "$gid" || [ "$uid" = 0 ]; then
    say "NB_UID=$uid NB_GID=$gid: 0부터 4294967294까지의 정수여야 하며, 사용자는 root(0)가 될 수 없습니다." \
      "NB_UID=$uid NB_GID=$gid: these must be whole numbers from 0 to 4294967294, and the user not root (0)."
    exit 1
  fi
  chown "$uid:$gid" "$HOME" "${COURSE_DIR:-$HOME/work}" 2>/dev/null || true
  case $CHOWN_HOME in 1 | yes) chown -R "$uid:$gid" "$HOME" ;; esac
  drop=(setpriv --reuid "$uid" --regid "$gid" --groups "$gid,100" --inh-caps=-all --no-new-privs)
  "${drop[@]}" true 2>/dev/null || {
    say "root로 시작했지만 권한을 낮출 수 없습니다. --user root를 빼세요." "Started as root, without the right to become another user: leave --user root out."
    exit 1
  }
  exec "${drop[@]}" "$0" "$@"
fi

if ! writable "$HOME"; then
  say "$HOME 폴더에 쓸 수 없어 설정이 남지 않습니다. 고치려면: 그 폴더의 주인을 바꾸거나(chown $(id -u)), --group-add users를 붙이세요." \
    "$HOME is not writable, so settings will be lost. To fix it: chown $(id -u) the folder that is mounted there, or add --group-add users."
  export HOME="/tmp/home-$(id -u)"
  mkdir -p -m 700 "$HOME"
fi
: "${COURSE_DIR:=$HOME/work}"
if ! writable "$COURSE_DIR"; then
  say "$COURSE_DIR 폴더에 쓸 수 없습니다. 지금 여는 수업은 컨테이너와 함께 사라집니다! 고치려면: 연결한 폴더의 주인에 맞추어 --user \$(id -u) --group-add users로 시작하세요." \
    "$COURSE_DIR is not writable: what you write now is lost with the container! To fix it, start with the owner of the mounted folder: --user \$(id -u) --group-add users."
  COURSE_DIR="/tmp/work-$(id -u)"
  mkdir -p -m 700 "$COURSE_DIR"
fi
export COURSE_DIR
# Cells are programs that are built in TMPDIR, and a tmpfs of Docker lets none run.
export TMPDIR="${TMPDIR:-/tmp}"
if ! runs "$TMPDIR"; then
  if runs "$HOME/.cache/descent"; then
    TMPDIR="$HOME/.cache/descent"
    find "$TMPDIR" -mindepth 1 -maxdepth 1 -mtime +1 -exec rm -rf {} + # of a kernel that was killed
  else
    say "$TMPDIR 폴더에서는 프로그램을 실행할 수 없어 셀이 돌지 않습니다. 고치려면: --tmpfs /tmp:exec로 시작하세요." \
      "Programs may not run in $TMPDIR, so no cell will. To fix it, start with --tmpfs /tmp:exec."
  fi
fi
rm -f "$COURSE_DIR"/.saving-* "$COURSE_DIR"/*/.saving-* # of a server that was killed
/opt/descent/.descent/bin/lab copy "$COURSE_DIR" >&2 ||
  say "수업을 $COURSE_DIR 폴더에 다 두지 못했습니다. 있는 것으로 시작합니다." "Not all of the course could be put into $COURSE_DIR; starting with what is there."

export JUPYTER_CONFIG_PATH="/opt/descent/.descent/jupyter/image-$COURSE_LANG${JUPYTER_CONFIG_PATH:+:$JUPYTER_CONFIG_PATH}"
case $COURSE_GOPLS in 1 | yes) COURSE_HELP=/opt/descent/.descent/help ;; *) COURSE_HELP=/nonexistent ;; esac
export COURSE_HELP
mkdir -p -m 700 "$JUPYTER_RUNTIME_DIR" 2>/dev/null || true

hooks before-notebook.d
for name in ${JUPYTER_ENV_VARS_TO_UNSET//,/ }; do unset "$name"; done
cd "$COURSE_DIR"
[ $# -gt 0 ] || set -- bash
exec "$@"
