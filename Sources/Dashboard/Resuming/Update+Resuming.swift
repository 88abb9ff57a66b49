import Runs
import TerminalUI

extension DashboardState {
    mutating func pressed(_ key: Key, toResume run: ResumableRun) -> [Effect] {
        if shared.keys.verb(of: key) == .delete {
            overlay = nil
            return [.runs(.leave(run.number))]
        }
        switch key {
        case .enter:
            overlay = nil
            return shared.resume(run)
        case .escape:
            overlay = nil
            shared.message = .note("\(shared.key(.runs)), then \(shared.key(.more)) resumes run \(run.number)")
            return []
        case .control("c"): return quitAsked()
        default: return []
        }
    }
}
