import Foundation
import TestSupport

/// Uses the dashboard at random for a long time, and measures it.
package final class DashboardSoak {
    /// Why it is over before its time.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static let million = "64relu epochs=1000000 batch=32"
    private let folder: TemporaryFolder
    private let terminal: WatchedTerminal
    private let log: SoakLog
    private var hands: RandomHands
    private let start = ContinuousClock.now
    /// The samples so far.
    package private(set) var samples: [SoakSample] = []
    private var answers: [WatchedTerminal.Answer] = []
    private var references: [WatchedTerminal.Answer] = []
    /// Keys and bursts that were sent.
    package private(set) var inputs = 0
    /// How often `q` asked and was answered with no.
    package private(set) var questions = 0

    /// The store of the runs.
    package var store: String { folder.path("data/trainspotter/runs.sqlite") }

    /// Opens the dashboard.
    ///
    /// - Parameters:
    ///   - data: a data set's name or folder.
    /// - Throws: what opening it throws.
    package init(folder: TemporaryFolder, data: String, seed: Int, log: SoakLog) throws {
        (self.folder, self.log) = (folder, log)
        hands = RandomHands(seed: seed)
        terminal = try WatchedTerminal(["32relu", "--data", data], folder: folder)
        log.write("seed \(seed), process \(terminal.program), store \(store)")
    }

    private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    // MARK: - The time

    /// Uses it for so many seconds, with a sample every ten, or more often in a short time.
    ///
    /// - Parameter leastSamples: on a slow machine it goes on until there are as many.
    /// - Throws: `Failure` where the dashboard ends or hangs.
    package func run(seconds duration: Double, leastSamples: Int = 0) throws {
        let pace = min(10, duration / 6)
        var next = pace
        while seconds < duration || samples.count < leastSamples {
            try perform(hands.next())
            terminal.look(for: .milliseconds(hands.pause(upTo: 120)))
            guard seconds >= next else { continue }
            try sample()
            next += pace
        }
    }

    private func perform(_ deed: RandomHands.Deed) throws {
        log.note(deed)
        switch deed {
        case .keys(let keys): for key in keys { try press(key) }
        case .burst(let bytes): try press(bytes)
        case .resize(let width, let height): terminal.resize(width: width, height: height)
        case .leaveAndStay: try leaveAndStay()
        }
    }

    private func press(_ key: String) throws {
        inputs += 1
        let answer = terminal.answer(to: key)
        answers.append(answer)
        // Else it would be the start of a sequence with what is typed next.
        if key == RandomHands.escape { terminal.look(for: .milliseconds(60)) }
        guard !terminal.hasEnded else { throw ended() }
    }

    private func ended() -> Failure {
        Failure(
            description: """
                the dashboard ended after \(Int(seconds)) s, wait status \(terminal.status ?? -1)
                the last deeds: \(log.lastDeeds)
                what was written last: \(terminal.text.suffix(2000))
                """)
    }

    /// Starts a run of a million epochs, presses `q`, which asks, and then Esc. Left out where that run is not seen to train.
    package func leaveAndStay() throws {
        setSize()
        for key in RandomHands.home + ["1", "e", "\u{15}", Self.million, "\r", "r"] { try press(key) }
        var tries = 0
        while try !redrawn(shows: "● training") || !terminal.shows("epochs=1000000") {
            tries += 1
            guard tries < 20 else { return }
            terminal.look(for: .milliseconds(500))
        }
        try press("q")
        // On a machine with much other work a screen of before can come late.
        tries = 0
        while try !redrawn(shows: "quit while run") {
            tries += 1
            guard tries < 20 else {
                throw Failure(description: "q does not ask while a run trains:\n\(terminal.text.suffix(4000))")
            }
            terminal.look(for: .milliseconds(500))
        }
        questions += 1
        try press(RandomHands.escape)
    }

    private func redrawn(shows words: String) throws -> Bool {
        terminal.forget()
        try press("\u{0C}")
        terminal.look(for: .milliseconds(100))
        return terminal.shows(words)
    }

    private func setSize() {
        terminal.resize(width: 120, height: 40)
        hands.resized()
        terminal.look(for: .milliseconds(100))
    }

    // MARK: - What is measured

    /// Measures the process, and some frames that are the same each time.
    private func sample() throws {
        setSize()
        for key in RandomHands.home + ["1"] { try press(key) }
        for _ in 0..<4 { references.append(terminal.answer(to: "\t")) }
        guard let figures = ProcessFigures(of: terminal.program) else { throw ended() }
        samples.append(
            SoakSample(
                seconds: seconds, figures: figures, answers: answers.filter { $0.wall != nil },
                references: references.filter { $0.wall != nil }))
        (answers, references) = ([], [])
        log.sampled(samples, inputs: inputs, store: store)
    }

    // MARK: - The end

    /// Quits, and waits for the end.
    ///
    /// - Throws: where it does not end, or with another status than 0.
    package func quit() throws {
        setSize()
        try terminal.quit()
        log.write("\(inputs) inputs in \(Int(seconds)) s, \(questions) times q and back; ended by q, status 0")
    }
}
