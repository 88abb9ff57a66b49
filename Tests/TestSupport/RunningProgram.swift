import Foundation

/// The program while it runs, with its standard error in a narrow pipe that only the test reads: a run that tells each
/// epoch is held there as soon as it is some lines further than the test has read. What the test does to it at an epoch
/// happens long before the last one, however slow the test is.
package final class RunningProgram {
    /// Why a test can't go on; says the last of what the program said.
    package enum Failure: Error, CustomStringConvertible {
        case notStarted(String)
        case neverSaid(String, said: String)
        case neverEnded(said: String)

        package var description: String {
            switch self {
            case .notStarted(let reason): "the program can't be started: \(reason)"
            case .neverSaid(let text, let said): "waited for “\(text)”; the program said\n\(said.suffix(2000))"
            case .neverEnded(let said): "waited for the program's end; it said\n\(said.suffix(2000))"
            }
        }
    }

    /// Bytes on the way between program and test: some 50 lines of progress.
    package static let room = 4096
    // F_SETPIPE_SZ of Linux, which Swift does not import.
    private static let setPipeSize: Int32 = 1031
    private let folder: TemporaryFolder
    private let errors: Int32
    private var bytes: [UInt8] = []
    /// The wait status, once the program has ended.
    private var status: Int32?
    package let identifier: pid_t

    /// What it has said on standard error, as far as that was read.
    package var said: String { String(decoding: bytes, as: UTF8.self) }

    /// Bytes that it has said and that were not read yet.
    package var unread: Int {
        var count: Int32 = 0
        return ioctl(errors, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    /// Starts the program, with nothing to read and no signal held back.
    ///
    /// - Parameters:
    ///   - setUp: what a shell does before it becomes the program.
    ///   - environment: further variables.
    /// - Throws: `Failure.notStarted`.
    package init(_ arguments: [String], setUp: String = ":", environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        let path = folder.path("errors")
        guard mkfifo(path, 0o600) == 0 else { throw Failure.notStarted(String(cString: strerror(errno))) }
        errors = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        _ = fcntl(errors, Self.setPipeSize, Int32(Self.room))
        let variables = ["XDG_DATA_HOME": Program.dataHome].merging(environment) { $1 }
        let command =
            ["/usr/bin/env"] + variables.map { "\($0.key)=\($0.value)" }
            + ["sh", "-c", "\(setUp); exec \"$@\"", "sh", try Program.url().path] + arguments
        let output = (path: folder.path("output"), flags: O_WRONLY | O_CREAT)
        guard let started = Spawn.start(command, [("/dev/null", O_RDONLY), output, (path, O_WRONLY)]) else {
            close(errors)
            throw Failure.notStarted("there is no process for \(command.joined(separator: " "))")
        }
        identifier = started
    }

    deinit {
        if status == nil {
            kill(identifier, SIGKILL)
            _ = Spawn.wait(for: identifier)
        }
        close(errors)
    }

    // MARK: - What it says

    /// Reads until it has said something.
    ///
    /// - Returns: whether it has; not where it ended without.
    package func wait(for text: String) -> Bool { wait { $0.contains(text) } }

    /// Reads until what it has said is as expected.
    ///
    /// - Returns: whether it came to be so; not where it ended before.
    package func wait(until isThere: (_ said: String) -> Bool) -> Bool {
        let end = ContinuousClock.now + Patience.limit
        while !isThere(said) {
            guard read(until: end) else { return false }
        }
        return true
    }

    /// Reads what there is, and waits for it where there is nothing.
    ///
    /// - Returns: false where nothing more comes.
    private func read(until end: ContinuousClock.Instant) -> Bool {
        var readable = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
        while poll(&readable, 1, 100) <= 0 {
            guard ContinuousClock.now < end else { return false }
        }
        var buffer = [UInt8](repeating: 0, count: Self.room)
        let count = Glibc.read(errors, &buffer, buffer.count)
        guard count > 0 else { return false }
        bytes += buffer[..<count]
        return true
    }

    // MARK: - What is done to it

    package func signal(_ number: Int32) { kill(identifier, number) }

    /// Waits until it stands still, as SIGSTOP has it, or has ended.
    ///
    /// - Returns: whether it does.
    package func waitUntilStopped() -> Bool {
        Patience.wait {
            let stat = (try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)) ?? ""
            return ["T", "Z", nil].contains(stat.split(separator: ")").last?.split(separator: " ").first)
        }
    }

    // MARK: - Its end

    /// Waits for its end. The status of one that a signal ended is negative.
    ///
    /// - Parameter reading: whether what it says is read meanwhile.
    /// - Throws: `Failure.neverEnded`.
    package func end(reading: Bool = true) throws -> Program.Result {
        let end = ContinuousClock.now + Patience.limit
        while reading, read(until: end) {}
        try waitForExit()
        let status = self.status ?? 0
        return Program.Result(
            status: status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F), output: try folder.text(of: "output"),
            errors: said)
    }

    private func waitForExit() throws {
        let hasEnded = Patience.wait {
            var found: Int32 = 0
            if status == nil, waitpid(identifier, &found, WNOHANG) == identifier { status = found }
            return status != nil
        }
        guard hasEnded else { throw Failure.neverEnded(said: said) }
    }

    /// Starts the program, sends a signal once it has said something, and waits for its end.
    ///
    /// - Throws: if it can't be started, or ended before.
    @discardableResult
    package static func run(_ arguments: [String], signal number: Int32, at text: String) throws -> Program.Result {
        let program = try RunningProgram(arguments)
        guard program.wait(for: text) else { throw Failure.neverSaid(text, said: program.said) }
        program.signal(number)
        return try program.end()
    }
}
