# Sourced by bin/start and bin/test: is there a Node that can do the set-up? Asked here, in the shell, because a
# Node that is too old could not even read our files.
if ! command -v node >/dev/null 2>&1; then
  echo "raadhuis: Node.js is missing. Install version 20 or newer (Debian 13: apt-get install nodejs npm). [node.missing]" >&2
  exit 1
fi
node_version=$(node --version)
node_major=${node_version#v}
node_major=${node_major%%.*}
if ! [ "$node_major" -ge 20 ] 2>/dev/null; then
  echo "raadhuis: Node.js $node_version is too old: version 20 or newer is needed. The house brings its own Node 24, but needs one to begin with. [node.too-old]" >&2
  exit 1
fi

# Missing set-up for "$1" (see bin/lib/steps.mjs). In the background, so that a signal to the shell reaches it.
set_up() {
  node "$root/bin/set-up.mjs" "$1" &
  set_up_pid=$!
  trap 'kill "$set_up_pid" 2>/dev/null' TERM INT HUP
  wait "$set_up_pid" || exit $?
  trap - TERM INT HUP
}
