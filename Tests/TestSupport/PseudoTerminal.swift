import Foundation

/// A terminal that is read by the test alone: what goes over the line, when nobody reads it, and what is left of its
/// settings. `TmuxTerminal` shows what is on the screen instead.
///
/// Around the program a shell waits and notes its exit status; it stays, as with the shell the terminal would go.
package final class PseudoTerminal {
    /// Why a test can't go on; says the last of what the program wrote.
    package enum Failure: Error, CustomStringConvertible {
        case noTerminal(String)
        case waitedInVain(String, output: String)

        package var description: String {
            switch self {
            case .noTerminal(let what): "no pseudo-terminal: \(what)"
            case .waitedInVain(let what, let output): "waited for \(what); the program wrote\n\(output.suffix(2000))"
            }
        }
    }

    /// The program, or its parent, which guards the terminal.
    package enum Process: Sendable { case program, guardProcess }

    // TIOCSPTLCK and TIOCGPTN of Linux, which Swift does not import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430
    package static let limit = Patience.limit
    package let folder: TemporaryFolder
    /// All that was read so far.
    package private(set) var output = ""
    /// The program, and its parent; known once they were waited for.
    package private(set) var program: pid_t = 0
    package private(set) var guardProcess: pid_t = 0
    private var master: Int32
    private let slave: Int32
    private let shell: pid_t
    private let before: [tcflag_t]

    /// Starts the program in a terminal of 80 × 24.
    ///
    /// - Parameters:
    ///   - setUp: what the shell does before.
    ///   - environment: further variables, which the shell has, too.
    /// - Throws: `Failure.noTerminal`.
    package init(_ arguments: [String] = [], setUp: String = ":", environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, number) = (Int32(0), UInt32(0))
        guard master >= 0, ioctl(master, Self.setLock, &locked) == 0, ioctl(master, Self.getNumber, &number) == 0 else {
            throw Failure.noTerminal(String(cString: strerror(errno)))
        }
        let path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
        before = Self.settings(of: master)
        let home = folder.path
        let variables =
            [
                "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=\(home)", "XDG_STATE_HOME=\(home)/state",
                "XDG_CONFIG_HOME=\(home)/config", "XDG_DATA_HOME=\(home)/data",
            ] + environment.map { "\($0.key)=\($0.value)" }
        let script =
            "\(setUp); \"$@\"; echo $? >\"$HOME/status.new\"; mv \"$HOME/status.new\" \"$HOME/status\"; exec cat"
        let command =
            ["/usr/bin/env", "-u", "COLORTERM", "-u", "NO_COLOR"] + variables
            + ["sh", "-c", script, "sh", try Program.url().path] + arguments
        guard let started = Spawn.start(command, terminal: path) else {
            throw Failure.noTerminal("sh can't be started")
        }
        shell = started
    }

    deinit {
        // With the first of its session the terminal hangs up, and the program ends.
        kill(shell, SIGKILL)
        _ = Spawn.wait(for: shell)
        close(slave)
        if master >= 0 { close(master) }
    }

    /// Closes the terminal, as its window is closed: from here on there is nothing to read.
    package func hangUp() {
        close(master)
        master = -1
    }

    // MARK: - What the program writes

    /// Reads until the program has written what is expected.
    package func wait(for what: String, limit: Duration = PseudoTerminal.limit, until isThere: () throws -> Bool) throws
    {
        let end = ContinuousClock.now + limit
        while try !isThere() {
            guard ContinuousClock.now < end else { throw Failure.waitedInVain(what, output: output) }
            read(milliseconds: 20)
        }
    }

    package func wait(for text: String) throws { try wait(for: "“\(text)”") { output.contains(text) } }

    /// Waits for the dashboard's first frame, and notes which processes it consists of.
    package func waitForDashboard() throws {
        try wait(for: "Lab")
        guardProcess = try child(of: shell)
        program = try child(of: guardProcess)
    }

    /// Waits until a program without a guard process has taken the terminal.
    package func waitForScreen() throws {
        try wait(for: "the alternate screen") { modes.on.contains(1049) }
        program = try child(of: shell)
    }

    /// Waits until a program without a screen has said something.
    package func waitForLines(_ text: String) throws {
        try wait(for: text)
        program = try child(of: shell)
    }

    /// Waits until the program and its guard process are gone, also where the shell that would tell is gone, too.
    ///
    /// - Returns: whether they are.
    package func waitUntilGone() -> Bool {
        Patience.wait {
            [program, guardProcess].allSatisfy { process in
                guard process > 0, let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
                else { return true }
                // Ended, and not yet waited for.
                return stat.split(separator: ")").last?.hasPrefix(" Z") ?? true
            }
        }
    }

    /// Waits, and reads nothing, until nothing more can be written for a while: whoever tries has to wait.
    package func waitUntilFull() throws {
        let end = ContinuousClock.now + Self.limit
        var times = 0
        while times < 20 {
            guard ContinuousClock.now < end else { throw Failure.waitedInVain("a full terminal", output: output) }
            var room = pollfd(fd: slave, events: Int16(POLLOUT), revents: 0)
            times = poll(&room, 1, 0) == 0 ? times + 1 : 0
            usleep(20_000)
        }
    }

    private func read(milliseconds: Int32) {
        var readable = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&readable, 1, milliseconds) > 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(master, &buffer, buffer.count)
        guard count > 0 else { return }
        output += String(decoding: buffer[..<count], as: UTF8.self)
    }

    // MARK: - What is done to it

    package func type(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    }

    package func signal(_ number: Int32, to process: Process = .program) {
        kill(process == .program ? program : guardProcess, number)
    }

    // MARK: - What it leaves

    /// Waits for the end of the program and returns the exit status that the shell saw.
    ///
    /// - Parameter reading: whether the terminal is read meanwhile.
    package func waitForExit(reading: Bool = true) throws -> Int? {
        let end = ContinuousClock.now + Self.limit
        while !FileManager.default.fileExists(atPath: folder.path("status")) {
            guard ContinuousClock.now < end else { throw Failure.waitedInVain("the program's end", output: output) }
            if reading { read(milliseconds: 5) } else { usleep(5000) }
        }
        return Int(try folder.text(of: "status").trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// The modes that are switched on (`ESC [ ? 1049 h`), and those that were and are not any more.
    package var modes: (on: Set<Int>, off: Set<Int>) {
        var modes: [Int: Bool] = [:]
        for match in output.matches(of: /\u{1B}\[\?([0-9;]+)([hl])/) {
            for mode in match.1.split(separator: ";").compactMap({ Int($0) }) { modes[mode] = match.2 == "h" }
        }
        return (Set(modes.filter(\.value).keys), Set(modes.filter { !$0.value }.keys))
    }

    /// Whether the terminal's settings (`stty`) are as they were before.
    package var hasItsSettings: Bool { Self.settings(of: master) == before }

    private static func settings(of descriptor: Int32) -> [tcflag_t] {
        var settings = termios()
        tcgetattr(descriptor, &settings)
        let flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
        // Not the bytes of the whole: what lies between the fields is anything.
        return flags + withUnsafeBytes(of: settings.c_cc) { $0.map(tcflag_t.init) }
    }

    private func child(of process: pid_t) throws -> pid_t {
        let children = try String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
        guard let child = children.split(separator: " ").first.flatMap({ pid_t($0) }) else {
            throw Failure.waitedInVain("a child of process \(process)", output: output)
        }
        return child
    }
}
