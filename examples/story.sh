#!/bin/sh
# The life of six cases, from their entering to one byte that somebody changed. Works in a new folder, which
# it names and leaves behind: sh examples/story.sh [FOLDER]. With LETTERS_REGISTER=postgresql://… the register is
# on a server; its database must be empty.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-$(mktemp -d)}
letters=${LETTERS:-letters}

mkdir -p "$folder"
cp -R "$here/harbor/." "$folder"
cd "$folder"
NO_COLOR=1
export NO_COLOR LETTERS_TODAY

scene() { printf '\n== %s\n' "$*"; }

# What must not work is tried as well: the story stops if it does.
refused() {
    if "$@"; then
        echo "This should have been refused: $*" >&2
        exit 1
    fi
}

LETTERS_TODAY=2026-11-22
scene "Six cases come in"
$letters case import --yes --by sam-rivera cases/C-1001.yaml cases/C-1002.yaml cases/C-1004.yaml cases/C-1005.yaml \
    cases/C-1108.yaml cases/C-1306.yaml

scene "Who has not been heard of"
$letters review

scene "Two calls, and a letter that asks"
$letters case contact C-1108 --channel phone --outcome no-answer --used "+1 503 555 0168" --at "2026-11-20 16:30" \
    --safe-check "The number the client gave us." --by sam-rivera
$letters case contact C-1108 --channel phone --outcome voicemail --used "+1 503 555 0168" --at "2026-11-21 10:05" \
    --safe-check "The greeting is the client's own voice." --said "Por favor, devuélvame la llamada." --by sam-rivera
outreach=$($letters issue outreach C-1108 --by sam-rivera)
$letters log sent "$(basename "$outreach" .pdf)" --how post --by sam-rivera

LETTERS_TODAY=2026-11-30
scene "A week later: the next letters are prepared"
$letters review --draft-all --by sam-rivera || echo "(What cannot be prepared is named above.)"
$letters task list

scene "The client answers, which calls off what was prepared"
$letters case contact C-1108 --in --channel phone --outcome received --said "Wants to come again in January." \
    --by sam-rivera
refused $letters issue outreach-final C-1108 --by sam-rivera
$letters case show C-1108

scene "A last letter to somebody else"
closing=$($letters issue closing-lost-contact C-1001 --by sam-rivera)
$letters log sent "$(basename "$closing" .pdf)" --how tracked-post --tracking 9400111899223100000000 --by sam-rivera
refused $letters case end C-1001 --reason LOST_CONTACT --yes --by sam-rivera

LETTERS_TODAY=2026-12-07
scene "The notice has run: ended, with reason, date and time"
$letters case end C-1001 --reason LOST_CONTACT --yes --by sam-rivera

scene "Who is still there"
$letters case list
scene "And who was"
$letters case list --include-inactive

LETTERS_TODAY=2027-02-01
scene "The client comes back"
$letters case restart C-1001 --because "Called, and wants to go on." --yes --by sam-rivera
$letters case history C-1001

scene "Nothing was altered"
$letters log verify

scene "Somebody changes one byte of one letter"
printf '!' | dd of="$closing" bs=1 seek=5000 conv=notrunc 2>/dev/null
refused $letters log verify

printf '\nThe story is told. Its folder is %s\n' "$folder"
