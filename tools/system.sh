# shellcheck shell=bash
# Sourced by the installers: how they speak, and how they use apt-get.

say() { printf 'install: %s\n' "$*"; }
die() { printf 'install: %s\n' "$*" >&2; exit 1; }

# Runs a command as root: directly, or with sudo, which may ask for a password only where somebody could type it.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif [ -t 0 ]; then sudo "$@"
    else sudo --non-interactive "$@"; fi
}

apt_install() { # apt_install WHAT PACKAGES...
    local what=$1; shift
    command -v apt-get >/dev/null || die "No apt-get here: install $* by hand ($what), then run this again."
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
        die "Neither root nor sudo here: ask for \"apt-get install $*\" ($what), then run this again."
    say "$what, with apt-get: $*"
    as_root apt-get update -qq || say "apt-get could not refresh its lists; trying with the old ones"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        die "apt-get could not install $* ($what): its message is above."
}
