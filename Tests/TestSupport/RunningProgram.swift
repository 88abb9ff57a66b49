import Foundation

/// The program while it runs, with its standard error in a narrow pipe that only the test reads: a run that tells each
/// epoch is held there as soon as it is some lines further than the test has read. What the test does to it at an epoch
/// happens long before the last one, however slow the test is.
package final class RunningProgram {
    /// Bytes on the way between program and test: some 50 lines of progress.
    package static let room = 4096
    private let process = Process()
    private let errors = Pipe()
    private let folder: TemporaryFolder
    /// What it has said on standard error, as far as that was read.
    package private(set) var said = ""

    package var identifier: Int32 { process.processIdentifier }

    /// Starts the program, with nothing to read.
    ///
    /// - Throws: if it can't be started.
    package init(_ arguments: [String]) throws {
        process.executableURL = try Program.url()
        process.environment = Program.environment
        process.arguments = arguments
        folder = try TemporaryFolder()
        try folder.write([], as: "output")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("output")))
        process.standardError = errors
        // F_SETPIPE_SZ of Linux, which Swift does not import.
        _ = fcntl(errors.fileHandleForReading.fileDescriptor, 1031, Int32(Self.room))
        try process.run()
    }

    deinit { if process.isRunning { kill(identifier, SIGKILL) } }

    /// Reads until it has said something.
    ///
    /// - Returns: whether it has; not where it ended without.
    package func wait(for text: String) -> Bool {
        while !said.contains(text) {
            let more = errors.fileHandleForReading.availableData
            if more.isEmpty { return false }
            said += String(decoding: more, as: UTF8.self)
        }
        return true
    }

    /// Waits until it stands still, as SIGSTOP has it, or has ended.
    ///
    /// - Returns: whether it does.
    package func waitUntilStopped() -> Bool {
        Patience.wait {
            let stat = (try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)) ?? ""
            return ["T", "Z", nil].contains(stat.split(separator: ")").last?.split(separator: " ").first)
        }
    }

    package func signal(_ number: Int32) { kill(identifier, number) }

    /// Waits for its end. The status of one that a signal ended is negative.
    package func end() throws -> Program.Result {
        said += String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let status = process.terminationStatus
        return Program.Result(
            status: process.terminationReason == .exit ? status : -status, output: try folder.text(of: "output"),
            errors: said)
    }

    /// Starts the program, sends a signal once it has said something, and waits for its end.
    ///
    /// - Throws: if it can't be started, or ended before.
    @discardableResult
    package static func run(_ arguments: [String], signal number: Int32, at text: String) throws -> Program.Result {
        let program = try RunningProgram(arguments)
        guard program.wait(for: text) else { throw Failure.neverSaid(text, program.said) }
        program.signal(number)
        return try program.end()
    }

    package enum Failure: Error { case neverSaid(String, String) }
}
