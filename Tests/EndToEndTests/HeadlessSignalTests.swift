import Foundation
import TestSupport
import Testing

/// What signals do to a program without the dashboard; `ExitTests` has all that end it.
@Suite(.timeLimit(.minutes(40)))
struct HeadlessSignalTests {
    /// `train` on a few images: held at the end of its pipe, it never comes to its last epoch.
    private struct Training {
        let folder: TemporaryFolder
        let program: RunningProgram

        /// - Parameter setUp: what the shell does before it becomes the program.
        init(_ options: [String] = ["--no-save"], setUp: String = ":") throws {
            folder = try TemporaryFolder()
            let labels: [UInt8] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]
            try folder.writeDataset(trainLabels: labels, testLabels: [0, 1, 2])
            program = try RunningProgram(
                ["train", "8relu", "epochs=1000000", "--data", folder.path] + options, setUp: setUp)
        }

        /// Reads until so many more epochs are finished.
        func waitForEpochs(_ count: Int = 1) throws {
            func epochs(_ said: String) -> Int { said.matches(of: /\nepoch +[0-9]/).count }
            let wanted = epochs(program.said) + count
            try #require(program.wait { epochs($0) >= wanted }, "epoch \(wanted), after\n\(program.said.suffix(500))")
        }
    }

    @Test("Ctrl-\\ ends training in a terminal")
    func controlBackslash() throws {
        let terminal = try PseudoTerminal(["train", "8relu", "epochs=1000000", "--no-save"], setUp: "trap : QUIT")
        try terminal.wait(for: "epoch ")
        terminal.type("\u{1C}")
        #expect(try terminal.waitForExit() == 131)
        #expect(terminal.hasItsSettings)
    }

    @Test("An ignored hang-up stays ignored, as nohup wants it; so do Ctrl-C and Ctrl-\\ of a job behind `&`")
    func ignored() throws {
        let training = try Training(setUp: "trap '' HUP INT QUIT")
        try training.waitForEpochs()
        for signal in [SIGHUP, SIGINT, SIGQUIT] { training.program.signal(signal) }
        // More than were told before the signals, and are in the pipe yet.
        try training.waitForEpochs(RunningProgram.room / 40)
        training.program.signal(SIGTERM)
        #expect(try training.program.end().status == 130)
    }

    @Test(
        "Progress that nobody reads does not keep training from saving its run and ending",
        arguments: [SIGTERM, SIGHUP])
    func stalled(signal: Int32) throws {
        let folder = try TemporaryFolder()
        let store = ["--store", folder.path("runs.sqlite")]
        let training = try Training(store)
        // Three lines at most have room yet, which is less than what is said at the end.
        #expect(Patience.wait { training.program.unread > RunningProgram.room - 250 })
        training.program.signal(signal)
        #expect(try training.program.end(reading: false).status == 130)
        let list = try Program.run(["runs", "list", "--columns", "id,state"] + store)
        #expect(list.output == "id  state\n 1  interrupted\n")
    }
}
