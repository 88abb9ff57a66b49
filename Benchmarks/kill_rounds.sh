#!/bin/sh
# Kills training at random moments, again and again, and looks for anything that was lost.
#
#     Benchmarks/kill_rounds.sh BINARY [ROUNDS] [SPEC]
#
# Each round starts a run or takes the interrupted one up, waits for 0.3 to 2.3 s, reads from a second process how many
# epochs the store holds, and sends SIGKILL. Then the store must be whole, hold every run there was, and at least those
# epochs. At the end the runs are trained to their last epoch, and one must have the bits of a run that was never killed.
set -u
binary=${1:?usage: kill_rounds.sh BINARY [ROUNDS] [SPEC]}
rounds=${2:-200}
spec=${3:-"64relu epochs=60 batch=64"}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
store="$folder/runs.sqlite"

field() { "$binary" runs show last --json --store "$store" 2>/dev/null | sed -n "s/^  \"$1\": \"\{0,1\}\([^\",]*\).*/\1/p"; }
fail() { echo "round $round: $1"; exit 1; }

round=0 runs=0 resumed=0 acknowledged=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    if [ "$(field state)" = interrupted ]; then
        "$binary" train --resume --quiet --store "$store" >"$folder/out" 2>&1 &
        resumed=$((resumed + 1))
    else
        "$binary" train $spec seed=$((runs + 1)) --quiet --store "$store" >"$folder/out" 2>&1 &
        runs=$((runs + 1))
    fi
    process=$!
    sleep "$(awk -v seed="$round$process" 'BEGIN { srand(seed); printf "%.3f", 0.3 + 2 * rand() }')"
    number=$(field run)
    epochs=$(field finished_epochs)
    kill -9 "$process" 2>/dev/null
    wait "$process" 2>/dev/null
    # A run that was killed before it was entered was never there.
    found=$("$binary" runs list --columns id --store "$store" 2>/dev/null | sed 1d | wc -l)
    if [ "$found" -lt "$runs" ]; then
        [ "$found" -ge "${number:-0}" ] || fail "run $number is lost"
        runs=$found
    fi
    [ "$found" -eq 0 ] && continue
    "$binary" runs check --store "$store" >"$folder/check" 2>&1 || fail "$(cat "$folder/check")"
    after=$(field finished_epochs)
    if [ "$(field run)" = "$number" ]; then
        [ "${after:-0}" -ge "${epochs:-0}" ] || fail "run $number had $epochs epochs, and has $after"
        acknowledged=$((acknowledged + ${epochs:-0}))
    fi
done
[ "$(field state)" = interrupted ] && "$binary" train --resume --quiet --store "$store" >/dev/null 2>&1
[ "$(field state)" = finished ] || fail "the last run could not be finished: $(field state)"
last=$(field run)
"$binary" export "$last" --store "$store" --format npy --out "$folder/killed" >/dev/null
"$binary" train $("$binary" runs show "$last" --spec --store "$store") --quiet --store "$folder/whole.sqlite" >/dev/null 2>&1
"$binary" export 1 --store "$folder/whole.sqlite" --format npy --out "$folder/whole" >/dev/null
for file in "$folder/whole"/*.npy; do
    cmp "$file" "$folder/killed/$(basename "$file")" || fail "run $last has other weights than one that was never killed"
done
echo "$rounds rounds: $runs runs, taken up $resumed times, no run and no saved epoch lost, the store whole each time;"
echo "run $last ends with the bits of one that was never killed"
