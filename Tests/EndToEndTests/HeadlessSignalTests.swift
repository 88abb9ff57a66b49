import Foundation
import TestSupport
import Testing

/// What signals do to a program without the dashboard.
@Suite(.timeLimit(.minutes(10)))
struct HeadlessSignalTests {
    /// `train` on a few images, for ever.
    private final class Training {
        let folder = try? TemporaryFolder()
        private let process: pid_t
        private let errors: String

        /// - Parameter setUp: what the shell does before it becomes the program.
        init(_ options: [String] = ["--no-save"], setUp: String = ":", errors: String? = nil) throws {
            let folder = try #require(folder)
            let labels: [UInt8] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]
            try folder.writeDataset(trainLabels: labels, testLabels: [0, 1, 2])
            self.errors = errors ?? folder.path("errors")
            let command = ["/bin/sh", "-c", "\(setUp); exec \"$@\"", "sh", try Program.url().path]
            let words = ["train", "8relu", "epochs=1000000", "--data", folder.path] + options
            process = try #require(
                Spawn.start(
                    command + words,
                    [
                        ("/dev/null", O_RDONLY), (folder.path("output"), O_WRONLY | O_CREAT),
                        (self.errors, O_RDWR | O_CREAT),
                    ]))
        }

        /// Waits until so many more epochs are finished.
        func waitForEpochs(_ count: Int = 1) throws {
            let before = try lines()
            try #require(try Patience.wait { try lines() >= before + count }, "waited for an epoch")
        }

        private func lines() throws -> Int {
            guard let bytes = FileManager.default.contents(atPath: errors) else { return 0 }
            return String(decoding: bytes, as: UTF8.self).matches(of: /\nepoch +[0-9]/).count
        }

        func signal(_ number: Int32) { kill(process, number) }

        /// Waits for the end; a signal that ended it is negative.
        func end() -> Int32 {
            let status = Spawn.wait(for: process)
            return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
        }
    }

    @Test("A signal that ends a process ends training, with its true status, with Swift's backtracer and without")
    func statuses() throws {
        for (index, signal) in [SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS].enumerated() {
            let setting = index % 2 == 0 ? "enable=yes,interactive=no" : "interactive=no"
            let training = try Training(setUp: "export SWIFT_BACKTRACE=\(setting)")
            try training.waitForEpochs()
            training.signal(signal)
            #expect(training.end() == -signal)
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
        for signal in [SIGHUP, SIGINT, SIGQUIT] { training.signal(signal) }
        try training.waitForEpochs(10)
        training.signal(SIGTERM)
        #expect(training.end() == 130)
    }

    @Test(
        "Progress that nobody reads does not keep training from saving its run and ending",
        arguments: [SIGTERM, SIGHUP])
    func stalled(signal: Int32) throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(reader) }
        // F_SETPIPE_SZ of Linux, which Swift does not import.
        _ = fcntl(reader, 1031, Int32(RunningProgram.room))
        let store = ["--store", folder.path("runs.sqlite")]
        let training = try Training(store, errors: pipe)
        // Three lines at most have room yet, which is less than what is said at the end.
        var unread: Int32 = 0
        #expect(Patience.wait { ioctl(reader, UInt(FIONREAD), &unread) == 0 && unread > RunningProgram.room - 250 })
        training.signal(signal)
        #expect(training.end() == 130)
        let list = try Program.run(["runs", "list", "--columns", "id,state"] + store)
        #expect(list.output == "id  state\n 1  interrupted\n")
    }
}
