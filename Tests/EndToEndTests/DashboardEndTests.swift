import Foundation
import TestSupport
import Testing

/// How the dashboard ends, in a real terminal.
@Suite(
    .serialized, .timeLimit(.minutes(40)),
    .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"))
struct DashboardEndTests {
    @Test("SIGINT ends an idle dashboard with status 130")
    func interruptedIdle() throws {
        let terminal = try TmuxTerminal()
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist ready")
        try terminal.signal(SIGINT)
        #expect(try terminal.waitForExit() == 130)
        #expect(try terminal.modes() == .plain)
    }

    @Test("While training runs SIGINT asks, and a second one ends it with status 130")
    func interruptedTraining() throws {
        let terminal = try TmuxTerminal(["64relu", "epochs=1000"])
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist ready")
        try terminal.press("Space")
        try terminal.wait(for: "● training")
        try terminal.signal(SIGINT)
        try terminal.wait(for: "quit while run")
        try terminal.signal(SIGINT)
        #expect(try terminal.waitForExit() == 130)
        #expect(try terminal.modes() == .plain)
    }

    @Test(
        "Keys behind the one that ends the dashboard do nothing, and what those before it changed is its owner's alone")
    func keysBehindQuit() throws {
        let data = try TemporaryFolder()
        try data.writeDataset(trainLabels: (0..<12).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        for keys in ["t\rq", "qt\r"] {
            let terminal = try PseudoTerminal(["8relu", "--data", data.path], setUp: "umask 000")
            try terminal.waitForDashboard()
            try terminal.wait(for: "12 images of ")
            terminal.type(keys)
            #expect(try terminal.waitForExit() == 0)
            #expect(terminal.hasItsSettings)
            let isRemembered = FileManager.default.fileExists(
                atPath: terminal.folder.path("config/trainspotter/config.toml"))
            #expect(isRemembered == (keys == "t\rq"))
            guard isRemembered else { continue }
            #expect(try terminal.folder.mode(of: "config/trainspotter/config.toml") == 0o600)
            #expect(try terminal.folder.mode(of: "config/trainspotter") == 0o700)
        }
    }

    @Test(
        "On a full disk the dashboard trains, says that it is not saved, and saves it once there is room",
        .enabled(if: StoreFilesTests.canMount, "needs the right to mount a file system in memory"))
    func fullDisk() throws {
        let data = try TemporaryFolder()
        try data.writeDataset(trainLabels: (0..<12).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        let terminal = try PseudoTerminal(
            ["8relu", "epochs=1000000", "--data", data.path],
            setUp: """
                mkdir "$HOME/data"; mount -t tmpfs -o size=2m none "$HOME/data"
                dd if=/dev/zero of="$HOME/data/filler" bs=4k 2>/dev/null
                """)
        defer { _ = try? Program.shell("umount -l \"$D\"", environment: ["D": terminal.folder.path("data")]) }
        try terminal.waitForDashboard()
        try terminal.wait(for: "runs are not saved yet, and saving is tried again: ")
        // If the data set is not there yet, the run starts with it.
        terminal.type(" ")
        // What is drawn of a run that trains.
        let frames = terminal.output.count
        try terminal.wait(for: "frames of a run") { terminal.output.count > frames + 4000 }
        try terminal.folder.remove("data/filler")
        let list = [
            "runs", "list", "--columns", "id,state", "--store", terminal.folder.path("data/trainspotter/runs.sqlite"),
        ]
        try terminal.wait(for: "a saved run") { try Program.run(list).output.contains("1  running") }
        terminal.signal(SIGTERM)
        #expect(try terminal.waitForExit() == 130)
        #expect(try Program.run(list).output == "id  state\n 1  interrupted\n")
    }

    @Test(
        "A run whose program is told to end is interrupted, not lost: the next start offers it and goes on",
        arguments: [SIGTERM, SIGHUP])
    func toldToEnd(signal: Int32) throws {
        let folder = try TemporaryFolder()
        let store = ["--store", folder.path("runs.sqlite")]
        let terminal = try TmuxTerminal(["64relu", "epochs=1000"] + store)
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist ready")
        try terminal.press("Space")
        try terminal.wait(for: "● training")
        try terminal.wait(for: "thirty finished epochs") { ($0.epoch ?? 0) > 30 }
        // A terminal that is closed hangs up several times: it, the shell in it, and the kernel as that one ends.
        try terminal.signal(signal, times: signal == SIGHUP ? 40 : 1)
        #expect(try terminal.waitForExit() == 130)
        #expect(try terminal.modes() == .plain)
        let list = try Program.run(["runs", "list", "--columns", "id,state"] + store)
        #expect(list.output == "id  state\n 1  interrupted\n")
        let next = try TmuxTerminal(store)
        defer { next.close() }
        try next.wait(for: "was interrupted")
        // The header names the data set once it is loaded.
        try next.wait(for: "mnist")
        try next.press("Enter")
        // Its pace is shown: steps are made. On a loaded machine the end may not wait for the last state, and the run
        // goes on from the one before, which can be the first epoch's.
        let goesOn = try next.wait(for: "an epoch and its pace") { $0.epoch != nil && $0.contains("img/s") }
        #expect(goesOn.epoch ?? 0 > 1)
        try next.press("q")
        try next.wait(for: "quit while run")
        try next.press("q")
        #expect(try next.waitForExit() == 0)
        try next.wait(for: "trainspotter: run 1 stopped at ")
        #expect(
            try Program.run(["runs", "list", "--columns", "id,state"] + store).output == "id  state\n 1  stopped\n")
    }

    @Test("A data set found bad while it loads is shown; after q the whole line stays, with status 2")
    func badDataset() throws {
        let folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: [0, 1, 2], testLabels: [0, 1, 3])
        let terminal = try TmuxTerminal(["--data", folder.path], width: 200)
        defer { terminal.close() }
        let line =
            "\(folder.path)/t10k-labels-idx1-ubyte: at byte 10: expected a label in 0 ... 2, as in the training labels, "
            + "found 3"
        try terminal.wait(for: "the error") { $0.contains(folder.path + "/t10k-labels-idx1-ubyte") }
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 2)
        #expect(try terminal.modes() == .plain)
        #expect(try terminal.screen().split(separator: "\n") == ["trainspotter: \(line)"])
    }

    @Test("A terminal without a second screen is left empty, not with a footer to write over")
    func noSecondScreen() throws {
        let terminal = try TmuxTerminal(type: "vt100")
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist ready")
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
        try terminal.wait(for: "an empty screen") { $0.allSatisfy(\.isWhitespace) }
    }

    @Test("A bad line of the configuration file is named and costs itself alone; kept options stand in the file")
    func configuration() throws {
        let folder = try TemporaryFolder()
        try folder.write("thme = \"nord\"\nauto_run = true\n", as: "trainspotter/config.toml")
        let terminal = try TmuxTerminal(environment: ["XDG_CONFIG_HOME": folder.path])
        defer { terminal.close() }
        try terminal.wait(for: "config.toml, line 1: thme: no such setting; did you mean theme?")
        try terminal.press("t", "Down", "Enter")
        try terminal.wait(for: "theme: ")
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
        let lines = try folder.text(of: "trainspotter/config.toml").split(separator: "\n")
        #expect(lines.count == 3 && lines.starts(with: ["thme = \"nord\"", "auto_run = true"]))
        #expect(lines.last?.hasPrefix("theme = \"") == true)
    }

    @Test("The log goes below the home where XDG_STATE_HOME is empty or relative", arguments: ["", "state"])
    func log(state: String) throws {
        let home = try TemporaryFolder()
        let terminal = try TmuxTerminal(environment: ["HOME": home.path, "XDG_STATE_HOME": state])
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist ready")
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
        #expect(try home.contents().contains(".local/state/trainspotter/trainspotter.log"))
    }
}
