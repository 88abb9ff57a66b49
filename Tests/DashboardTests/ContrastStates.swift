import Dashboard
import Datasets
import Foundation
import Runs
import Specs
import TerminalUI
import Training

/// All that can be seen: every view of a trained network, of none, of a saved run, of named classes and of one whose
/// numbers are NaN; every panel that a key brings; and what lies on top of them.
enum ContrastStates {
    struct Shown: Sendable {
        var name: String
        var state: DashboardState
        /// Columns and rows.
        var sizes = [(120, 40)]
    }

    static let all: [Shown] = views + panels + runs + popups

    #if DEBUG
        /// A frame takes a debug build thirty times as long.
        private static let step = 5
    #else
        private static let step = 1
    #endif

    /// What is looked at in a theme: all, in a debug build every fifth, others in the next theme.
    static func part(_ number: Int) -> [Shown] {
        stride(from: number % step, to: all.count, by: step).map { all[$0] }
    }

    private static func shown(
        _ name: String, _ state: DashboardState, _ keys: Key..., sizes: [(Int, Int)] = [(120, 40)]
    ) -> Shown {
        var state = state
        for key in keys {
            let effects = update(&state, .input(.key(key)))
            Sample.answer(&state, effects)
            Sample.answerRuns(&state, effects)
            for case .openedCommand(.watch(let watch?)) in effects {
                _ = update(&state, .inspection(Sample.inspection(watch, state), run: savedThread))
            }
        }
        return Shown(name: name, state: state, sizes: sizes)
    }

    private static func key(_ screen: Screen) -> Key { .character(Unicode.Scalar(UInt8(48 + screen.rawValue))) }

    private static let trained = Sample.training()
    private static let names = [
        "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ]

    // MARK: - Views

    private static var views: [Shown] {
        let (empty, fashion) = (Sample.ready(), Sample.training(data: Sample.rings(classNames: names)))
        let (nan, opened) = (Sample.eventful(), opened)
        return Screen.allCases.flatMap { screen in
            [
                shown("\(screen) trained", trained, key(screen), sizes: [(80, 24), (120, 40)]),
                shown("\(screen) empty", empty, key(screen)), shown("\(screen) of clothes", fashion, key(screen)),
                shown("\(screen) failed", nan, key(screen)), shown("\(screen) of a saved run", opened, key(screen)),
            ]
        } + [
            shown("loading", Sample.state()), shown("without numbers", withoutNumbers),
            shown("Lab on a large screen", Sample.finished(), sizes: [(200, 60)]),
            Shown(name: "too small", state: trained, sizes: [(30, 8)]),
        ]
    }

    /// The thread of a saved run's network.
    private static let savedThread = -1

    /// Saved run 5 is shown beside the run that trains.
    private static var opened: DashboardState {
        var state = Sample.opened()
        let facts = RunFacts(parameters: 1, trainingRows: 60, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        let started = TrainingEvent.started(facts, untrained: Sample.evaluation(epoch: 10))
        _ = update(&state, .event(started, run: savedThread))
        return state
    }

    /// Network, where all numbers are NaN.
    private static var withoutNumbers: DashboardState {
        var state = Sample.inside()
        guard var found = state.inspection else { return state }
        found.probabilities = found.probabilities.map { _ in .nan }
        found.outputs = found.outputs.map { $0.map { _ in .nan } }
        found.layers = found.layers.map { _ in
            LayerFigures(weightNorm: .nan, gradientNorm: .infinity, updateRatio: .nan, deadShare: 1)
        }
        _ = update(&state, .inspection(found, run: 1))
        return state
    }

    // MARK: - What keys bring

    private static var panels: [Shown] {
        let inside = Sample.inside("128relu-64relu")
        var list: [Shown] = [
            shown("Curves of eight runs", Sample.eightRuns(), "2", "C"),
            shown("Data looked at", Sample.surveyed(), sizes: [(44, 14), (80, 24), (120, 40)]),
            shown("Data of clothes", Sample.surveyed(data: Sample.rings(classNames: names)), "d", sizes: [(80, 24)]),
            shown("Data's means", Sample.surveyed(), "w", sizes: [(80, 24)]),
            shown("an image of Data", Sample.surveyed(), .enter, sizes: [(80, 24)]),
            shown("Data's warnings", Sample.surveyed(), "d", "d", "d", "d", sizes: [(80, 24)]),
            shown("Curves by batches, smoothed, with a cursor", trained, "2", "b", "A", "y", .left),
            shown("Confusion by share", trained, "3", .down, "w"), shown("Confusion compared", trained, "3", "="),
            shown("Confusion without the diagonal", trained, "3", "O", "w", "w", "w"),
            shown("Digits filtered", trained, "4", "/"), shown("Digits marked", trained, "4", "m", .right, "m"),
            shown("all digits", trained, "4", "w", "w"), shown("the test set", trained, "v", "4"),
            shown("Network", inside), shown("Draw", Sample.drawing()),
        ]
        for steps in 1...6 {
            var (confusion, digits, network, curves) = (trained, trained, inside, trained)
            press("3", "d", times: steps, &confusion)
            press("4", "d", times: steps, &digits)
            press("5", "d", times: steps, &network)
            press("2", "d", times: steps, &curves)
            list.append(Shown(name: "Confusion, detail \(steps)", state: confusion, sizes: [(160, 48)]))
            guard steps < 4 else { continue }
            list.append(Shown(name: "Digits, detail \(steps)", state: digits))
            list.append(Shown(name: "Network, detail \(steps)", state: network))
            list.append(Shown(name: "Curves, detail \(steps)", state: curves))
        }
        return list
    }

    private static func press(_ view: Key, _ key: Key, times: Int, _ state: inout DashboardState) {
        for key in [view] + Array(repeating: key, count: times) {
            Sample.answer(&state, update(&state, .input(.key(key))))
        }
    }

    private static var runs: [Shown] {
        let saved = Sample.saved(12)
        return [
            shown("Runs saved", saved, "m", .down, "m"), shown("Runs, detail 1", saved, "m", .down, "m", "d"),
            shown("Runs, detail 2", saved, "m", .down, "m", "d", "d"),
            shown("Runs, detail 3", saved, "m", .down, "m", "d", "d", "d"),
            shown("errors of two runs", saved, "m", .down, "E"), shown("Runs filtered", saved, "/", "9"),
            shown("a name is typed", saved, "i"), shown("export of a run", saved, "X"),
        ]
    }

    // MARK: - What lies on top

    private static var popups: [Shown] {
        var resume = Sample.ready()
        resume.overlay = .resumeQuestion(
            ResumableRun(
                number: 12, title: "wide", line: RunLine(spec: resume.composer.spec), epochs: 16, plannedEpochs: 60,
                place: RunPlace(epoch: 1), batchesPerEpoch: 4, epochSeconds: 0.3, validationAccuracy: 0.9808))
        var messages = ["note", "warning", "error"].map { _ in trained }
        messages[0].message = .note("saved the screen")
        messages[1].message = .warning("the line may not give the same bits here")
        messages[2].message = .error("the run can't be saved, trying again: the disk is full")
        return [
            shown("help", trained, "?"), shown("help filtered", trained, "?", "z", "z"),
            shown("options", trained, "o", .down, .right),
            shown("options, a folder is typed", trained, "o", .end, .enter),
            shown("presets", trained, "1", "p"), shown("quit", trained, "q"),
            shown("quit with marks", Sample.finished(), "4", "m", "q"),
            shown("spec line", trained, "e"), shown("spec line refused", trained, "e", "q", "q", .enter),
            shown("resume", resume, sizes: [(80, 24)]), shown("activations", trained, "1", "f", sizes: [(80, 24)]),
            shown("activation refused", trained, "1", "f", "q", "q", .enter), shown("themes", trained, "t"),
            shown("a value is typed", trained, "1", .enter, "q", .enter), finder(search: nil), finder(search: search),
            shown("help over a saved run", opened, "?"), shown("quit over Network", Sample.inside(), "q"),
        ] + messages.map { Shown(name: "message", state: $0, sizes: [(80, 24)]) }
    }

    /// A loss that falls between 1e-4 and 1e-2.
    private static let search: RateSearch = {
        let rates = (0..<80).map(RateSearch.rate)
        return RateSearch(rates: rates, losses: rates.map { 2.3 - max(0, min(2, log10($0) + 4)) })
    }()

    private static func finder(search: RateSearch?) -> Shown {
        var state = trained
        let effects = update(&state, .input(.key("F")))
        for case .findRate(_, let ticket) in effects {
            if let search { _ = update(&state, .rateFound(search, ticket: ticket)) }
        }
        return Shown(name: "finder", state: state)
    }
}
