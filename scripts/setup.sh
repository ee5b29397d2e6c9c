# shellcheck shell=sh
# Sourced by demo and test from the project's top folder. Leaves a complete .venv behind, or exits:
# 4 if system packages are missing and may not be installed, 1 for all else.

log=$PWD/.setup.log

say() { printf '%s\n' "$@"; }

stop() {
    code=$1
    shift
    say "$@" >&2
    exit "$code"
}

# Long output matters only when something fails.
quietly() {
    "$@" </dev/null >>"$log" 2>&1 && return
    cat "$log" >&2
    stop 1 "" "This failed: $*" "All of its output is above and in $log."
}

# The locked packages come ready-built for these versions.
supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        # Debian's minimal or half-installed Python lacks ctypes.
        supported "$python" && "$python" -c 'import ctypes' 2>/dev/null && return
    done
    python=
    return 1
}

find_manager() {
    manager=
    for program in apt-get dnf brew; do
        if command -v "$program" >/dev/null; then
            manager=$program
            return
        fi
    done
}

# On a Mac neither Python nor Java looks in Homebrew's folders by itself.
use_homebrew() {
    [ "$manager" = brew ] && [ "$(uname)" = Darwin ] || return 0
    prefix=$(brew --prefix)
    PATH=$prefix/bin:$prefix/opt/openjdk/bin:$PATH
    export PATH DYLD_FALLBACK_LIBRARY_PATH="$prefix/lib:/usr/local/lib:/usr/lib"
    java=$prefix/opt/openjdk/libexec/openjdk.jdk/Contents/Home
    if [ -z "${JAVA_HOME:-}" ] && [ -d "$java" ]; then export JAVA_HOME="$java"; fi
}

# Asks the system itself, not the package manager: what counts is whether a thing works.
missing_parts() {
    if [ -n "$python" ]; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null || say venv
        "$python" - <<'END'
import ctypes

for library in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"):
    for file in (f"lib{library}.so.0", f"lib{library}.0.dylib"):
        try:
            ctypes.CDLL(file)
            break
        except OSError:
            pass
    else:
        print(library)
END
    else
        # Without Python nothing can ask the dynamic loader.
        say python pango-1.0 pangoft2-1.0 harfbuzz-subset
    fi
    [ -n "$(fc-list 'Noto Sans Arabic' family 2>/dev/null)" ] || say noto-fonts
    [ "$1" = dev ] || return 0
    java -version >/dev/null 2>&1 || say java
    # The tests look for them with the same files.
    "${python:-false}" tests/support/postgres_programs.py || say postgres
    "${python:-false}" tests/support/chromium_programs.py || say chromium
    # What drives the browser needs it on Linux, and does not bring it along.
    [ "$(uname)" != Linux ] || "${python:-false}" -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null || say atomic
}

package_of() {
    case $manager:$1 in
        apt-get:python) say python3-venv ;;
        apt-get:venv) say "$python-venv" ;;
        apt-get:pango-1.0) say libpango-1.0-0 ;;
        apt-get:pangoft2-1.0) say libpangoft2-1.0-0 ;;
        apt-get:harfbuzz-subset) say libharfbuzz-subset0 ;;
        apt-get:noto-fonts) say fontconfig fonts-noto-core ;;
        apt-get:atomic) say libatomic1 ;;
        apt-get:java) say default-jre-headless ;;
        apt-get:postgres) say postgresql ;;
        # Ubuntu's package only leads to a snap, which does not run in a container; Chrome does just as well.
        apt-get:chromium) if is_ubuntu; then say chromium-browser; else say chromium-headless-shell; fi ;;
        dnf:python | dnf:venv) say python3 ;;
        dnf:pango-1.0 | dnf:pangoft2-1.0) say pango ;;
        dnf:harfbuzz-subset) say harfbuzz ;;
        dnf:noto-fonts) say fontconfig google-noto-sans-fonts google-noto-sans-arabic-fonts google-noto-sans-hebrew-fonts ;;
        dnf:atomic) say libatomic ;;
        dnf:java) say java-headless ;;
        dnf:postgres) say postgresql-server ;;
        dnf:chromium) say chromium ;;
        brew:python | brew:venv) say python ;;
        brew:pango-1.0 | brew:pangoft2-1.0) say pango ;;
        brew:harfbuzz-subset) say harfbuzz ;;
        brew:noto-fonts) say fontconfig font-noto-sans font-noto-sans-arabic font-noto-sans-hebrew ;;
        brew:java) say openjdk ;;
        brew:postgres) say postgresql ;;
        # A Mac refuses to start Homebrew's Chromium, as nobody has signed it.
        brew:chromium) say google-chrome ;;
    esac
}

is_ubuntu() { grep -qx 'ID=ubuntu' /etc/os-release 2>/dev/null; }

# Debian's package would make a database and start a server for it, but the tests start their own.
# A system that has decided for itself is left alone.
only_the_programs() {
    folder=/etc/postgresql-common
    [ ! -e $folder/createcluster.conf ] || return 0
    # shellcheck disable=SC2086
    quietly $sudo mkdir -p $folder
    # shellcheck disable=SC2086
    quietly $sudo sh -c "echo 'create_main_cluster = false' >$folder/createcluster.conf"
}

set_up_system() {
    find_manager
    use_homebrew
    # A Mac's own Python is always old; Homebrew brings a newer one.
    if ! find_python && [ "$manager" != brew ] && command -v python3 >/dev/null && ! supported python3; then
        too_old
    fi
    missing=$(missing_parts "$1")
    [ -n "$missing" ] || return 0

    packages=$(for part in $missing; do package_of "$part"; done | sort -u | tr '\n' ' ')
    packages=${packages% }
    case $manager in
        # A fresh system may be busy with its own updates, hence the time-out.
        apt-get) update="apt-get update" install="apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $packages" ;;
        dnf) update="" install="dnf install -y --setopt=install_weak_deps=False $packages" ;;
        brew) update="" install="brew install $packages" ;;
        *) stop 4 "These are missing, and there is no apt-get, dnf or brew to install them:" "$missing" ;;
    esac

    say "Missing on this system: $packages."
    if [ "$manager" = brew ] || [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null && say "Installing them needs sudo, which may ask for your password." && sudo true; then
        sudo=sudo
    else
        stop 4 "You may not install packages here. Have this run as root, then start again:" "" \
            "    ${update:+$update && }$install"
    fi

    say "Installing them. This can take a few minutes."
    case $manager:$packages in apt-get:*postgresql*) only_the_programs ;; esac
    # An installation killed halfway blocks all later ones until it is finished.
    if [ "$manager" = apt-get ]; then $sudo env DEBIAN_FRONTEND=noninteractive dpkg --configure -a </dev/null >>"$log" 2>&1 || true; fi
    # A failed update may concern a package source that is not needed here.
    # shellcheck disable=SC2086
    if [ -n "$update" ]; then $sudo $update </dev/null >>"$log" 2>&1 || true; fi
    # shellcheck disable=SC2086
    quietly $sudo env DEBIAN_FRONTEND=noninteractive $install

    use_homebrew
    find_python || too_old
    missing=$(missing_parts "$1")
    case $packages:$missing in *chromium-browser*:*chromium*)
        say "Where snaps do not run, please install Google Chrome and start again." >&2 ;;
    esac
    [ -z "$missing" ] || stop 1 "Still missing after installing $packages:" "$missing" "See $log."
}

too_old() {
    stop 1 "letters needs Python 3.11, 3.12, 3.13 or 3.14. This system has $(python3 -V 2>&1)." \
        "Please install one of them (as python3.12, say, with its venv module) and start again."
}

# All that a .venv depends on; it cannot be moved, and breaks when the system's Python changes.
venv_state() {
    cat pyproject.toml requirements.txt requirements-dev.txt | cksum
    .venv/bin/python -V 2>&1 || true
    pwd
}

set_up_venv() {
    wanted=$1
    case $wanted in
        runtime) lock=requirements.txt ;;
        dev) lock=requirements-dev.txt ;;
    esac
    # Written last, so that a .venv without the right stamp is outdated, moved or half-made.
    stamp=.venv/ready
    state=$(venv_state)
    case $(cat $stamp 2>/dev/null || true) in
        "$wanted $state" | "dev $state") return ;;
        "runtime $state")
            say "Adding the tools for the tests to .venv."
            rm $stamp
            ;;
        *)
            say "Making the Python environment .venv."
            rm -rf .venv
            quietly "$python" -m venv .venv
            ;;
    esac
    say "Downloading and installing the Python packages listed in $lock."
    pip=".venv/bin/python -m pip --disable-pip-version-check --no-input"
    # Only ready-built packages: building one would download build tools that no hash guards.
    # shellcheck disable=SC2086
    quietly $pip install --require-hashes --only-binary :all: -r $lock
    # shellcheck disable=SC2086
    quietly $pip install --no-index --no-deps --no-build-isolation -e .
    say "$wanted $(venv_state)" >$stamp
}

set_up() {
    [ -w . ] || stop 1 "This user may not write in $PWD."
    : >"$log"
    set_up_system "$1"
    set_up_venv "$1"
}
