import Foundation
import TestSupport

/// The dashboard in a terminal that is read all the time and kept only in part, so that it can run for hours.
package final class WatchedTerminal {
    /// How a key was answered.
    package struct Answer {
        /// From the key to the last byte of what was drawn then, in milliseconds; nil where nothing was.
        package var wall: Double?
        /// Processor time of the program's main thread meanwhile, in milliseconds. Other programs don't add to it.
        package var processor = 0.0
        /// Time in which it neither computed nor waited for a processor, until it had read the key and answered, in
        /// milliseconds: it waited for a lock, the disk, or for the key.
        package var waited = 0.0
    }

    /// Why there is no terminal or no dashboard in it.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    // TIOCSPTLCK and TIOCGPTN of Linux, which Swift does not import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430
    /// Bytes of the output that are kept.
    private static let kept = 1 << 18
    private let master: Int32
    private let slave: Int32
    /// The process that was started: it guards the terminal.
    package let guardProcess: pid_t
    /// Its child, the program itself.
    package private(set) var program: pid_t = 0
    /// The wait status of the guard; nil while it lives.
    package private(set) var status: Int32?
    /// Bytes that were read in all.
    package private(set) var bytesRead = 0
    private var recent: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// When something was last read.
    private var lastRead = ContinuousClock.now

    /// Starts the program in a terminal of 120 × 40.
    ///
    /// - Parameters:
    ///   - folder: home and working folder of the program.
    /// - Throws: `Failure`, or what looking for the program throws.
    package init(_ arguments: [String], folder: TemporaryFolder) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, number) = (Int32(0), UInt32(0))
        guard master >= 0, ioctl(master, Self.setLock, &locked) == 0, ioctl(master, Self.getNumber, &number) == 0 else {
            throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        let path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        let home = folder.path
        let command =
            ["/usr/bin/env", "-C", home, "-u", "COLORTERM", "-u", "NO_COLOR", "TERM=xterm-256color", "HOME=\(home)"]
            + ["STATE", "CONFIG", "DATA"].map { "XDG_\($0)_HOME=\(home)/\($0.lowercased())" }
            + [try Program.url().path] + arguments
        var size = winsize(ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
        guard let started = Spawn.start(command, terminal: path) else {
            throw Failure(description: "the program can't be started")
        }
        guardProcess = started
        try findProgram()
    }

    deinit {
        if !hasEnded {
            kill(program, SIGKILL)
            kill(guardProcess, SIGKILL)
            _ = Spawn.wait(for: guardProcess)
        }
        close(slave)
        close(master)
    }

    private func findProgram() throws {
        let end = ContinuousClock.now + Patience.limit
        while !shows("Lab") {
            guard ContinuousClock.now < end, !hasEnded else {
                throw Failure(description: "the dashboard does not start: \(text.suffix(1000))")
            }
            read(milliseconds: 20)
        }
        guard let child = ProcessFigures.children(of: guardProcess).first else {
            throw Failure(description: "the guard has no child")
        }
        program = child
    }

    /// Whether the guard has ended, and with it the program.
    package var hasEnded: Bool {
        var found: Int32 = 0
        if status == nil, waitpid(guardProcess, &found, WNOHANG) == guardProcess { status = found }
        return status != nil
    }

    // MARK: - What is done to it

    /// Sends input as it comes from a keyboard.
    package func type(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count, !hasEnded {
            // Less than the line holds, so that a program that is busy does not keep us from reading it.
            let count = bytes[sent...].prefix(1024).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            sent += count
            if sent < bytes.count { read(milliseconds: 5) }
        }
    }

    /// Gives the window another size.
    package func resize(width: Int, height: Int) {
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
    }

    /// Sends input and waits until the program has read and answered it: it sleeps again, and nothing more comes.
    package func answer(to text: String, within limit: Duration = .seconds(2)) -> Answer {
        read(milliseconds: 0)
        let before = ProcessFigures.processor(ofMainThread: program)
        let busy = ProcessFigures.busy(mainThread: program)
        let start = ContinuousClock.now
        let seen = bytesRead
        type(text)
        var times = 0
        while times < 3, ContinuousClock.now < start + limit {
            let count = bytesRead
            read(milliseconds: 2)
            let isIdle = bytesRead == count && unread == 0 && ProcessFigures.sleeps(program)
            times = isIdle ? times + 1 : 0
        }
        let spent = ProcessFigures.processor(ofMainThread: program) - before
        let wall = bytesRead > seen ? (lastRead - start) / .milliseconds(1) : nil
        let waited =
            (ContinuousClock.now - start) / .milliseconds(1) - (ProcessFigures.busy(mainThread: program) - busy)
        return Answer(wall: wall, processor: spent, waited: max(0, waited))
    }

    /// Bytes that the program has not read yet.
    private var unread: Int {
        var count: Int32 = 0
        return ioctl(slave, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    /// Reads for a while.
    package func look(for duration: Duration) {
        let end = ContinuousClock.now + duration
        repeat { read(milliseconds: 10) } while ContinuousClock.now < end && !hasEnded
    }

    private func read(milliseconds: Int32) {
        var readable = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&readable, 1, milliseconds) > 0 else { return }
        let count = Glibc.read(master, &buffer, buffer.count)
        guard count > 0 else { return }
        lastRead = .now
        bytesRead += count
        recent += buffer[..<count]
        if recent.count > 2 * Self.kept { recent.removeFirst(recent.count - Self.kept) }
    }

    /// Quits, and waits for the end.
    ///
    /// - Throws: `Failure` where it does not end, or with another status than 0.
    package func quit() throws {
        for _ in 0..<4 {
            type("\u{1B}")
            look(for: .milliseconds(100))
        }
        let end = ContinuousClock.now + Patience.limit
        while !hasEnded {
            guard ContinuousClock.now < end else { throw Failure(description: "the dashboard does not end by q") }
            type("q")
            look(for: .milliseconds(1000))
        }
        guard status == 0 else { throw Failure(description: "wait status \(status ?? -1): \(text.suffix(2000))") }
    }

    // MARK: - What it shows

    /// Forgets what was read.
    package func forget() { recent = [] }

    /// How often the alternate screen was entered lately.
    package var opened: Int { String(decoding: recent, as: UTF8.self).matches(of: /\u{1B}\[\?1049h/).count }

    /// What was read lately, without sequences and blanks. After a redraw it holds all words of the screen.
    package var text: String {
        String(decoding: recent, as: UTF8.self)
            .replacing(/\u{1B}\[[0-9;?]*[A-Za-z]|\u{1B}[()][A-Z0-9]|[ \r\n]/, with: "")
    }

    /// Whether words were drawn lately; blanks don't count, as they are not always sent.
    package func shows(_ words: String) -> Bool { text.contains(words.replacing(" ", with: "")) }
}
