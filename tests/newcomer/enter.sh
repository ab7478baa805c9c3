#!/bin/bash
# enter.sh ROOT FOLDER [BIND ...] -- COMMAND ...
# Runs a command on the machine that lies in ROOT, in its FOLDER; each BIND is a folder of this machine that is seen
# there, read only. Called in mount and process namespaces of its own, as the first process there: what it mounts and
# what the command leaves running end with it. Says on descriptor 3 how the command ended, and then waits for the end
# of its own input, so that it can be seen from outside what is still running. A SIGTERM goes to the command.
set -eu

furnish() {
  local bind device
  mount --bind "$root" "$root"
  cd "$root"
  for bind in "${binds[@]}"; do
    mkdir -p ".$bind"
    mount --bind -o ro "$bind" ".$bind"
  done
  mkdir -p proc sys dev
  mount -t proc proc proc
  mount --rbind /sys sys
  mount -t tmpfs -o mode=755 tmpfs dev
  for device in null zero full random urandom tty; do
    : > "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
  done
  mkdir dev/pts dev/shm
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
  mount -t tmpfs -o mode=1777 tmpfs dev/shm
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  ln -s fd/0 dev/stdin
  ln -s fd/1 dev/stdout
  ln -s fd/2 dev/stderr
  # The one root comes to lie on the other, which is taken away: nothing of this machine is in sight from here on.
  pivot_root . .
  umount -l .
}

live() {
  # With job control the command leads a process group of its own, as one at a terminal does.
  set -m
  (cd "$folder" && exec "$@") < /dev/null 3>&- &
  command=$!
  trap 'kill -TERM $command' TERM
  # A signal ends the waiting, too.
  while
    status=0
    wait $command || status=$?
    kill -0 $command 2> /dev/null
  do :; done
  echo $status >&3
  read -r || true
}

main() {
  root=$1 folder=$2 binds=()
  shift 2
  while [ "$1" != -- ]; do
    binds+=("$1")
    shift
  done
  shift
  furnish
  live "$@"
}

# Nothing of this file is read once it has begun: it, too, is soon out of sight.
main "$@"; exit
