import Foundation
import Reports
import Searching
import Synchronization

/// A line of progress for each rung that a trial reaches.
final class SearchLines: Sendable {
    private let isQuiet: Bool
    /// Lines that wait while a question stands; nil while none does.
    private let held = Mutex<[String]?>(nil)
    private let best = Mutex<(trial: Int, score: Double)?>(nil)

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    func say(_ line: String) {
        guard !isQuiet else { return }
        let waits = held.withLock { held in
            held?.append(line)
            return held != nil
        }
        if !waits { printError(line) }
    }

    /// Whether lines wait, as a question stands.
    var isHeld: Bool {
        get { held.withLock { $0 != nil } }
        set {
            let waiting = held.withLock { held in
                defer { held = newValue ? [] : nil }
                return newValue ? [] : held ?? []
            }
            for line in waiting { printError(line) }
        }
    }

    /// Called from the trials' threads.
    func tell(_ news: SearchEngine.News) {
        guard case .reached(let trial, let epochs, let left) = news else { return }
        let number = "trial \(trial.number + 1)".padding(toLength: 10, withPad: " ", startingAt: 0)
        if let failure = trial.failure { return say("\(number)  failed: \(failure)  \(trial.spec)") }
        guard let score = trial.score, !score.isNaN else { return }
        let record = best.withLock { best in
            if best.map({ $0.score < score }) ?? true { best = (trial.number, score) }
            return best
        }
        let places = SearchLines.counted(epochs, "epoch").padding(toLength: 11, withPad: " ", startingAt: 0)
        let top = record.map { "best \(Self.percent($0.score)) (trial \($0.trial + 1))" } ?? ""
        let time = left.map { "  " + SearchBudget.toGo($0) } ?? ""
        say("\(number)  \(places)  val \(Self.percent(score))  \(top)\(time)  \(trial.spec)")
    }

    /// `1 epoch`, `1,200 trials`.
    static func counted(_ count: Int, _ noun: String) -> String {
        "\(FigureText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    static func percent(_ value: Double) -> String { String(format: "%.2f %%", value * 100) }
}
