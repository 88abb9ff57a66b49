import Foundation

/// A real terminal without a display: one pane of a tmux server of its own, with the program in it.
///
/// Around the program a shell notes the terminal's settings before and after, and the exit status; it stays when the
/// program has ended, so that the terminal can be looked at.
package final class TmuxTerminal {
    /// Why a test can't go on; says what the screen showed.
    package enum Failure: Error, CustomStringConvertible {
        case tmux(arguments: [String], errors: String)
        case waitedInVain(String, screen: String)

        package var description: String {
            switch self {
            case .tmux(let arguments, let errors): "tmux \(arguments.joined(separator: " ")): \(errors)"
            case .waitedInVain(let what, let screen): "waited for \(what), but the screen shows\n\(screen)"
            }
        }
    }

    /// What the program switched on in the terminal.
    package struct Modes: Equatable, Sendable {
        package var alternateScreen: Bool
        package var cursor: Bool
        package var mouse: Bool

        /// A terminal as a shell has it.
        package static let plain = Modes(alternateScreen: false, cursor: true, mouse: false)
        /// A terminal as the dashboard has it.
        package static let dashboard = Modes(alternateScreen: true, cursor: false, mouse: true)
    }

    package static let limit = Patience.limit
    private static let pollMicroseconds: UInt32 = 20_000
    private let folder: URL
    private let tmux: String
    private var isOpen = true

    /// Where tmux is; nil if it is not installed.
    package static let path = Tool.path("tmux")

    /// Starts the program in a new terminal.
    ///
    /// - Parameters:
    ///   - type: TERM as the program sees it.
    ///   - environment: further variables; settings and logs lie in a folder that goes away with the terminal.
    /// - Throws: `Failure.tmux` if tmux can't be started.
    package init(
        _ arguments: [String] = [], width: Int = 80, height: Int = 24, type: String = "tmux-256color",
        environment: [String: String] = [:]
    ) throws {
        folder = URL(fileURLWithPath: "/tmp/trainspotter-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        tmux = TmuxTerminal.path ?? "tmux"
        var variables = [
            "TERM": type, "LC_ALL": "C.UTF-8", "HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state",
            "XDG_CONFIG_HOME": folder.path + "/config", "XDG_DATA_HOME": folder.path + "/data",
        ]
        variables.merge(environment) { $1 }
        let script = """
            cd "$0"; stty -g >before
            "$@"
            echo $? >status.new; stty -g >after; mv status.new status; exec cat
            """
        // The program chooses OpenBLAS's kernels itself, whatever is chosen for the tests.
        let unset = ["COLORTERM", "NO_COLOR", "OPENBLAS_CORETYPE"].flatMap { ["-u", $0] }
        let program = ["env"] + unset + variables.map { "\($0.key)=\($0.value)" }
        let command = ["sh", "-c", script, folder.path] + program + [try Program.url().path] + arguments
        try run(["new-session", "-d", "-x", "\(width)", "-y", "\(height)"] + command)
    }

    deinit { close() }

    /// Ends tmux and everything in it. Again does nothing.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        _ = try? run(["kill-server"])
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: - Input

    /// Presses keys by tmux's names: `Enter`, `Escape`, `BTab`, `C-c`, or a character.
    package func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

    /// Types a text as it is.
    package func type(_ text: String) throws { try run(["send-keys", "-l", text]) }

    /// Sends bytes as a terminal does: in one go, so that an escape character is never taken for the key Esc.
    package func send(_ bytes: String) throws {
        try load(bytes)
        try run(["paste-buffer", "-r"])
    }

    /// Pastes a text: as one piece where the program has asked for that, else as keys.
    package func paste(_ text: String) throws {
        try load(text)
        try run(["paste-buffer", "-p"])
    }

    private func load(_ text: String) throws {
        // A text as an argument would have to be short.
        let file = folder.appendingPathComponent("paste")
        try Data(text.utf8).write(to: file)
        try run(["load-buffer", file.path])
    }

    package func resize(width: Int, height: Int) throws {
        try run(["resize-window", "-x", "\(width)", "-y", "\(height)"])
    }

    /// Sends a signal to the program, so many times in as many milliseconds.
    package func signal(_ number: Int32, times: Int = 1) throws {
        let program = try child(of: try shell())
        for time in 0..<times {
            if time > 0 { usleep(1000) }
            kill(program, number)
        }
    }

    /// Kills the dashboard outright; the process that the shell knows, its guard, is left to say so.
    package func killProgram() throws { kill(try child(of: try child(of: try shell())), SIGKILL) }

    private func shell() throws -> pid_t {
        pid_t(try run(["display-message", "-p", "#{pane_pid}"]).filter(\.isNumber)) ?? 0
    }

    private func child(of process: pid_t) throws -> pid_t {
        let children = try String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
        guard let child = children.split(separator: " ").first.flatMap({ pid_t($0) }) else {
            throw Failure.waitedInVain("a child of process \(process)", screen: try screen())
        }
        return child
    }

    // MARK: - What is to be seen

    /// The screen's text, a line a row, spaces at line ends cut.
    package func screen() throws -> String {
        var lines = try run(["capture-pane", "-p"]).components(separatedBy: "\n").map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        if lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// Looks every 20 ms until the screen shows what is expected, and returns it then.
    ///
    /// - Throws: `Failure.waitedInVain` after `limit`.
    @discardableResult
    package func wait(
        for what: String, limit: Duration = TmuxTerminal.limit, until isThere: (String) throws -> Bool
    ) throws -> String {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while true {
            let shown = try screen()
            if try isThere(shown) { return shown }
            guard clock.now < end else { throw Failure.waitedInVain(what, screen: shown) }
            usleep(TmuxTerminal.pollMicroseconds)
        }
    }

    /// Waits until the screen stands still, as what is drawn can be read in the middle of a frame.
    @discardableResult
    package func settled() throws -> String {
        var last = ""
        return try wait(for: "a screen that stands still") { shown in
            usleep(5 * TmuxTerminal.pollMicroseconds)
            defer { last = shown }
            return shown == last
        }
    }

    /// Waits until the screen shows a text.
    @discardableResult
    package func wait(for text: String) throws -> String { try wait(for: "“\(text)”") { $0.contains(text) } }

    /// The line that the cursor stands on.
    package func lineOfCursor() throws -> String {
        let row = Int(try run(["display-message", "-p", "#{cursor_y}"]).filter(\.isNumber)) ?? -1
        let lines = try screen().components(separatedBy: "\n")
        return lines.indices.contains(row) ? lines[row] : ""
    }

    package func modes() throws -> Modes {
        let flags = try run(["display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"])
        let values = flags.split(whereSeparator: \.isWhitespace).map { $0 == "1" }
        guard values.count == 3 else { throw Failure.tmux(arguments: ["display-message"], errors: flags) }
        return Modes(alternateScreen: values[0], cursor: values[1], mouse: values[2])
    }

    /// Whether the program has ended.
    package var hasEnded: Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("status").path)
    }

    /// Waits for the program's end and returns its exit status.
    package func waitForExit() throws -> Int? {
        try wait(for: "the program's end") { _ in hasEnded }
        return Int(try text("status"))
    }

    /// The terminal's settings (`stty -g`) before the program started and after it ended.
    package func settings() throws -> (before: String, after: String) { (try text("before"), try text("after")) }

    private func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let (output, errors) = (folder.path + "/tmux.out", folder.path + "/tmux.err")
        let words = ["-u", "-f", "/dev/null", "-S", folder.path + "/socket"] + arguments
        let status = Spawn.run([tmux] + words, output: output, errors: errors)
        guard status == 0 else {
            throw Failure.tmux(arguments: arguments, errors: try String(contentsOfFile: errors, encoding: .utf8))
        }
        return try String(contentsOfFile: output, encoding: .utf8)
    }
}
