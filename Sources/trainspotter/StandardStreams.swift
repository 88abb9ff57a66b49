import Foundation

/// Why bytes could not be written.
struct WriteFailure: Error {
    /// The system's words.
    let reason: String

    /// What `errno` says.
    init() { reason = String(cString: strerror(errno)) }
}

/// Writes the whole text. `FileHandle` would end the program where that fails, and `print` would not tell.
func writeAll(_ text: String, to descriptor: Int32) throws(WriteFailure) {
    var rest = ArraySlice(Array(text.utf8))
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written >= 0 {
            rest = rest.dropFirst(written)
        } else if errno == EAGAIN {
            // Someone else who has the same terminal or pipe open made it non-blocking.
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waiting, 1, -1)
        } else if errno != EINTR {
            throw WriteFailure()
        }
    }
}

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
