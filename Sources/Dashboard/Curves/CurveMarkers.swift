import Specs
import TerminalUI
import Training

/// Events of a run as markers of its charts.
enum CurveMarkers {
    /// - Parameters:
    ///   - places: the x axis.
    ///   - runColor: the colour of the run's line where other runs are drawn; its best epoch then has it too.
    static func markers(of run: ShownRun, places: CurvePlaces, _ theme: Theme, runColor: Color?) -> [LineChart.Marker] {
        var markers = run.markers.map { marker in
            let (label, role, rank) = words(marker.kind)
            return LineChart.Marker(x: places.place(marker.position), label: label, color: theme[role], rank: rank)
        }
        // While the newest epoch is the best, the end of the line shows it.
        if let best = run.bestEpoch, best < run.history.count {
            markers.append(
                LineChart.Marker(
                    x: places.place(Double(best)), label: "best \(best)",
                    color: runColor ?? theme[run.hasDiverged ? .dim : .good],
                    rank: 4))
        }
        return markers
    }

    /// A change in few characters.
    private static func label(_ setting: LiveSetting) -> String {
        switch setting {
        case .learningRate(let rate): "lr \(Figures.plain(rate))"
        case .epochs(let epochs): "\(epochs) epochs"
        default: setting.word.replacing("=", with: " ")
        }
    }

    /// The label, its colour and its importance.
    private static func words(_ kind: ShownRun.Marker.Kind) -> (String, Theme.Role, rank: Int) {
        switch kind {
        case .failure: ("NaN", .bad, 6)
        case .diverged: ("diverged", .bad, 5)
        case .stoppedEarly: ("early stop", .warning, 5)
        case .weightsReplaced(let weights): (weights.words, .good, 3)
        case .unsaved: ("not saved", .warning, 2)
        case .setting(let setting): (label(setting), .key, 2)
        case .learningRate(let rate): ("lr \(Figures.plain(rate))", .key, 2)
        case .steps(let count): (count == 1 ? "step" : "\(count) steps", .dim, 1)
        case .pause: ("pause", .dim, 0)
        }
    }
}
