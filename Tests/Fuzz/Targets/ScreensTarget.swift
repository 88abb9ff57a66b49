import Dashboard
import Runs
import Specs
import TerminalUI
import TestSupport
import Training

/// A run from elsewhere, taken in and opened in the dashboard: every screen draws it.
struct ScreensTarget: FuzzTarget {
    static let name = "screens"
    static let parsers = ["OpenedContent.init"]
    static let longestInput = 1024

    private let edits: StoreEdits
    private let folder: TemporaryFolder
    private let store: RunStore
    private let start: DashboardState

    init() throws {
        (edits, folder, store) = (try StoreEdits(), try TemporaryFolder(), try RunStore())
        var state = DashboardState(spec: try StoreSamples.spec(), width: 100, height: 30, look: Look())
        _ = update(&state, .dataLoaded(LoadedData(StoreSamples.dataset)))
        state.savedRuns.hasStore = true
        start = state
    }

    static func samples() throws -> [String: [UInt8]] { try StoreInputs.samples() }

    func run(_ input: [UInt8]) throws {
        let file = folder.path("run.run")
        try edits.write(input, to: file)
        do {
            guard case .new(let run)? = try store.importBundle(file).first else { return }
            defer {
                try? store.delete(runs: [run], evenTrained: true, now: .distantPast)
                _ = try? store.purge(deletedBefore: .distantFuture)
            }
            try show(run, variant: input.count)
        } catch let error as StoreError {
            try requireMessage(error)
        }
    }

    /// - Parameter variant: which window it has, and what is done in each view: all at once would take seconds.
    private func show(_ run: Int, variant: Int) throws {
        var state = start
        let (width, height) = [(80, 24), (40, 12), (200, 60)][variant % 3]
        _ = update(&state, .input(.resize(width: width, height: height)))
        var reader = StoreReader(store: store)
        reader.press("6", in: &state)
        try reader.answer([.runs(.follow(true))], in: &state)
        reader.press(.enter, in: &state)
        for (index, screen) in Screen.allCases.indices.enumerated() {
            reader.press(.character(Unicode.Scalar(UInt8(ascii: "1") + UInt8(screen))), in: &state)
            for key in Self.keys[(variant + index) % Self.keys.count].unicodeScalars {
                reader.press(.character(key), in: &state)
            }
            let buffer = render(state)
            try require(buffer.cells.count == state.width * state.height, "a screen of \(buffer.cells.count) cells")
        }
        _ = PlainPage(state).buffer
    }

    /// What charts and tables can be turned into, a view's share at a time.
    private static let keys = ["", "jj", "]]", "h[", "zx", "CA", "wb", "lljv", "s", "m"]
}

/// Answers what the dashboard asks of the store.
private struct StoreReader {
    let store: RunStore
    /// Against answers that lead to questions without an end.
    private var questions = 0

    init(store: RunStore) { self.store = store }

    mutating func press(_ key: Key, in state: inout DashboardState) {
        try? answer(update(&state, .input(.key(key))), in: &state)
    }

    mutating func answer(_ effects: [Effect], in state: inout DashboardState) throws {
        for case .runs(let effect) in effects {
            questions += 1
            guard questions < 200, let reply = try reply(to: effect) else { continue }
            try answer(update(&state, .runs(reply)), in: &state)
        }
    }

    private func reply(to effect: RunsEffect) throws -> StoreReply? {
        switch effect {
        case .follow: return .listed(try store.summaries().map { SavedRun($0) })
        case .fetch(let run, let stamp):
            guard let saved = try saved(run) else { return nil }
            let record = ShownRun(
                saved, epochs: try store.epochs(of: run), events: try store.events(of: run),
                confusions: try store.confusions(of: run))
            return .history(run: run, SavedHistory(stamp: stamp, record: record))
        case .fetchCourses(let runs):
            let losses = try store.validationLosses(of: Array(runs.keys), points: 20)
            return .courses(
                runs.reduce(into: [:]) { $0[$1.key] = SavedCourse(stamp: $1.value, losses: losses[$1.key] ?? []) })
        case .open(let request):
            guard let saved = try saved(request.run) else { return nil }
            let state = try store.checkpoint(of: request.run)
            return .opened(
                OpenedContent(
                    ticket: request.ticket, saved: saved, epochs: try store.epochs(of: request.run),
                    events: try store.events(of: request.run), confusions: try store.confusions(of: request.run),
                    test: try store.testReport(of: request.run)?.confusion,
                    network: state.map { OpenedNetwork(.success($0), data: nil) },
                    bestEpoch: try store.bestEpochKept(of: request.run)))
        default: return nil
        }
    }

    private func saved(_ run: Int) throws -> SavedRun? { try store.summary(of: run).map { SavedRun($0) } }
}
