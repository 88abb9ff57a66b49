import Foundation
import TestSupport

/// A stand-in for Slurm in a folder of its own: each array task is a process of this machine, and what ends it is said by
/// files. It knows of options only what the program uses.
final class FakeSlurm: Sendable {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (name, script) in [
            ("sbatch", Self.sbatch), ("squeue", Self.squeue), ("scontrol", Self.scontrol), ("scancel", Self.scancel),
        ] {
            try folder.write("#!/bin/sh\nd=\(folder.path)\n" + script, as: "bin/\(name)")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("bin/\(name)"))
        }
        try folder.write("", as: "jobs/list")
    }

    deinit { _ = try? Program.shell("for pid in \(folder.path)/jobs/*.pid; do kill -9 $(cat $pid); done 2>/dev/null") }

    /// What the program needs to find it.
    var environment: [String: String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return ["PATH": folder.path("bin") + ":" + path]
    }

    /// Tasks wait until this is false.
    func hold(_ holds: Bool) throws {
        if holds { try folder.write("", as: "jobs/hold") } else { try folder.remove("jobs/hold") }
    }

    /// The node of the first task that writes a state fails then, so many times.
    func loseTasks(_ count: Int) throws { try folder.write("\(count)", as: "jobs/lose") }

    /// Commands fail in these words, each once for a line.
    func refuse(_ command: String, _ reason: String) throws { try folder.write(reason, as: "jobs/\(command).refuses") }

    /// Words of each call of a command, a line each.
    func calls(of command: String) -> [String] {
        ((try? folder.text(of: "jobs/\(command).calls")) ?? "").split(separator: "\n").map(String.init)
    }

    private static let opening = """
        command=$(basename "$0")
        echo "$*" >>"$d/jobs/$command.calls"
        if [ -f "$d/jobs/$command.refuses" ]; then cat "$d/jobs/$command.refuses" >&2; exit 1; fi

        """

    /// A task is a line of `list`, and files JOB_INDEX.pid and .end: its state, its status and the signal that ended it.
    private static let sbatch =
        opening + """
            while [ $# -gt 0 ]; do
                case $1 in
                --array=0-*) last=${1#--array=0-} ;;
                --job-name=*) name=${1#--job-name=} ;;
                --output=*) log=${1#--output=} ;;
                --*) ;;
                *) break ;;
                esac
                shift
            done
            job=1
            until mkdir "$d/jobs/$job" 2>/dev/null; do job=$((job + 1)); done
            shared=$(dirname "$1")
            index=0
            while [ $index -le "$last" ]; do
                echo "$job $index $name" >>"$d/jobs/list"
                task=$d/jobs/${job}_$index
                output=$(printf %s "$log" | sed "s/%a/$index/")
                SLURM_ARRAY_TASK_ID=$index setsid sh -c '
                    d=$1 task=$2 output=$3 shared=$4; shift 4
                    while [ -f "$d/jobs/hold" ]; do sleep 0.05; done
                    [ ! -f "$task.end" ] || exit 0
                    sh -c "echo \\$\\$ >\\"$task.pid\\"; exec sh \\"\\$@\\"" sh "$@" >"$output" 2>&1 &
                    pid=$!
                    while kill -0 $pid 2>/dev/null; do
                        left=$(cat "$d/jobs/lose" 2>/dev/null || echo 0)
                        if [ "$left" -gt 0 ] && ls "$shared"/trials/*.partial >/dev/null 2>&1; then
                            echo $((left - 1)) >"$d/jobs/lose"
                            kill -9 $pid
                            echo "NODE_FAIL 0:0" >"$task.end"
                            exit 0
                        fi
                        sleep 0.05
                    done
                    wait $pid
                    status=$?
                    [ -f "$task.end" ] || if [ $status -eq 0 ]; then echo "COMPLETED 0:0"; else echo "FAILED $status:0"; fi >"$task.end"
                    ' sh "$d" "$task" "$output" "$shared" "$@" >/dev/null 2>&1 </dev/null &
                index=$((index + 1))
            done
            echo $job

            """

    private static let squeue =
        opening + """
            names=
            for word; do case $word in --name=*) names=${word#--name=} ;; esac; done
            while read -r job index name; do
                case ,$names, in *,"$name",*) ;; *) continue ;; esac
                task=$d/jobs/${job}_$index
                if [ -f "$task.end" ]; then read -r state _ <"$task.end"
                elif [ -f "$task.pid" ]; then state=RUNNING
                else state=PENDING
                fi
                echo "$job|$index|$state|None|n$((index % 2 + 1))|$name"
            done <"$d/jobs/list"

            """

    private static let scontrol =
        opening + """
            for task; do :; done
            [ -f "$d/jobs/$task.end" ] || { echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1; }
            read -r state code <"$d/jobs/$task.end"
            echo "JobId=$task JobState=$state Reason=None ExitCode=$code NodeList=n1"

            """

    private static let scancel =
        opening + """
            for word; do case $word in --name=*) wanted=${word#--name=} ;; esac; done
            while read -r job index name; do
                task=$d/jobs/${job}_$index
                [ "$name" = "$wanted" ] && [ ! -f "$task.end" ] || continue
                [ ! -f "$task.pid" ] || kill -TERM "$(cat "$task.pid")"
                echo "CANCELLED 0:15" >"$task.end"
            done <"$d/jobs/list"

            """
}
