import Experiments
import Foundation

/// Writes a line to standard error. Where that can't be written there is nobody to tell.
func printError(_ line: String) { printProgress(line + "\n") }

/// Writes to standard error, without a line's end.
func printProgress(_ text: String) { try? writeAll(text, to: STDERR_FILENO) }

/// Writes a result and a line's end to standard output.
///
/// - Throws: `CommandFailure.running` if it can't be written: the result is what the person asked for.
func printResult(_ text: String) throws(CommandFailure) {
    do throws(WriteFailure) { try writeAll(text + "\n", to: STDOUT_FILENO) } catch {
        throw .running("standard output: can't be written: \(error.reason)")
    }
}

/// Fills standard streams that were closed at the start with ones that refuse to be used.
///
/// Else the next file that is opened would take their place, and what is meant for standard error would go into it.
func occupyClosedStreams() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
        // The lowest free descriptor is this one: those below it are open.
        _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
}
