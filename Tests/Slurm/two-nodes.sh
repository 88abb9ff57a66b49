#!/usr/bin/env bash
# A Slurm of two nodes with one processor each, on this machine, for the user who calls: neither root nor a change of the system
# is needed.
#
#   two-nodes.sh start FOLDER    writes FOLDER/slurm.conf and starts all daemons; then: export SLURM_CONF=FOLDER/slurm.conf
#   two-nodes.sh kill FOLDER n2  ends a node as a power cut does: slurmd, its steps and what they run
#   two-nodes.sh revive FOLDER n2
#   two-nodes.sh stop FOLDER     ends all of them, and their jobs
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin

usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
action=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
conf=$folder/slurm.conf
export SLURM_CONF=$conf

configure() {
    local base=$((20000 + $$ % 20000)) me host
    me=$(id -un) host=$(hostname -s)
    mkdir -p "$folder"/{state,log,run,n1,n2}
    # munged refuses a key that others can read, and folders that they can write.
    chmod 755 "$folder" "$folder/run" "$folder/log"
    (umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")
    cat >"$conf" <<CONF
ClusterName=two
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$base
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
AuthInfo=socket=$folder/run/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/%n
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=1,sched_interval=5
ReturnToService=2
# A node that says nothing for so many seconds is lost.
SlurmdTimeout=10
KillWait=5
MinJobAge=300
MaxArraySize=10001
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((base + 1)) CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((base + 2)) CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}

# Waits until a command succeeds, at most so many seconds.
await() {
    local seconds=$1 tries
    shift
    for ((tries = 0; tries < seconds * 5; tries++)); do
        "$@" && return
        sleep 0.2
    done
    echo "two-nodes.sh: waited $seconds s for: $*; the logs are in $folder/log" >&2
    exit 1
}

are_idle() { [ "$(sinfo -h -N -o %t "$@" 2>/dev/null | sort -u)" = idle ]; }

node() { slurmd -N "$1" -f "$conf"; }

# The process whose number is in a file, where it is one.
process() { [ -f "$folder/run/$1.pid" ] && cat "$folder/run/$1.pid" || true; }

# What runs on a node, slurmstepd first: it would still report how what it has started has ended.
steps() {
    local entry parent tasks=""
    for entry in /proc/[0-9]*; do
        grep -qszx "SLURM_CONF=$conf" "$entry/environ" && grep -qszx "SLURMD_NODENAME=$1" "$entry/environ" || continue
        tasks="$tasks ${entry#/proc/}"
        parent=$(awk '$1 == "PPid:" { print $2 }' "$entry/status" 2>/dev/null || true)
        [ -z "$parent" ] || [ "$(cat "/proc/$parent/comm" 2>/dev/null)" != slurmstepd ] || echo "$parent"
    done
    echo "$tasks"
}

end_node() {
    local id
    for id in $(process "$1") $(steps "$1"); do kill -KILL "$id" 2>/dev/null || true; done
}

case $action in
start)
    configure
    munged --key-file "$folder/munge.key" --socket "$folder/run/munge.socket" --pid-file "$folder/run/munged.pid" \
        --log-file "$folder/log/munged.log" --seed-file "$folder/run/munged.seed"
    slurmctld -f "$conf"
    node n1
    node n2
    await 60 are_idle
    ;;
kill) end_node "${3:?a node}" ;;
revive)
    node "${3:?a node}"
    await 60 are_idle -n "$3"
    ;;
stop)
    scancel --user="$(id -un)" 2>/dev/null || true
    for name in n1 n2; do end_node $name; done
    for name in slurmctld munged; do
        id=$(process $name)
        [ -n "$id" ] && kill "$id" 2>/dev/null || continue
        # It still writes its state, in a folder that may be removed next.
        for ((tries = 0; tries < 100; tries++)); do kill -0 "$id" 2>/dev/null || break; sleep 0.1; done
    done
    ;;
*) usage ;;
esac
