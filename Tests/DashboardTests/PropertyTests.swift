import Dashboard
import Kernels
import Runs
import Specs
import TerminalUI
import Testing
import Training

@Suite struct PropertyTests {
    static let overlays: [Overlay?] = [
        nil, .help(HelpState()), .quitQuestion, .chooser(Chooser(themes: [.standard], current: .standard)),
        .resumeQuestion(
            ResumableRun(
                number: 12, title: "wide", line: RunLine(spec: Sample.ready().composer.spec), epochs: 3,
                plannedEpochs: 10)),
        .options(OptionsState(of: Sample.ready())), .presets(cursor: 1),
        .specLine(TextField(text: "784-200tanh-10"), refusal: .spec(SpecError("q", "no layers", expected: "200tanh"))),
    ]

    @Test("Every screen is drawn at every small size, filling it exactly", arguments: Screen.allCases)
    func smallSizes(screen: Screen) {
        var compared = Sample.eightRuns()
        Sample.press(&compared, "2", "C", "A", "+", .left, "3", "C")
        let inside = [Sample.inside(), Sample.drawing(), Sample.browsing(), compared]
        for base in [Sample.state(), Sample.ready(), Sample.training(), Sample.finished()] + inside {
            var state = base
            state.screen = screen
            _ = update(&state, .input(.resize(width: 80, height: 24)))
            for width in 0...45 {
                for height in 0...15 {
                    state.width = width
                    state.height = height
                    let buffer = render(state)
                    #expect(buffer.width == width && buffer.height == height)
                    #expect(buffer.cells.count == width * height)
                }
            }
        }
    }

    @Test("Every screen and overlay is drawn at larger sizes, too", arguments: Screen.allCases)
    func largerSizes(screen: Screen) {
        for overlay in PropertyTests.overlays {
            for (width, height) in [
                (40, 12), (41, 13), (56, 12), (60, 20), (75, 17), (76, 18), (80, 24), (100, 30), (119, 29), (120, 30),
                (160, 48), (200, 60), (300, 100), (500, 12), (40, 200),
            ] {
                for panel in LabPanel.allCases {
                    var state = Sample.training(width: width, height: height)
                    state.screen = screen
                    state.lab.focus = panel
                    state.overlay = overlay
                    _ = update(&state, .input(.resize(width: width, height: height)))
                    let text = render(state).text
                    let title = String(screen.title.prefix(3))
                    #expect(text.contains(overlay == .quitQuestion ? "quit while run" : title) || overlay != nil)
                    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
                }
            }
        }
    }

    @Test("In ASCII every character is one", arguments: Screen.allCases)
    func ascii(screen: Screen) {
        let look = Look(glyphs: .ascii, colors: .mono)
        for (width, height) in [(10, 5), (40, 12), (60, 20), (80, 24), (160, 48)] {
            var compared = Sample.eightRuns(look: look)
            Sample.press(&compared, "2", "C", "A", "w", "b", .left, "3", "C")
            for base in [
                Sample.ready(look: look), Sample.training(look: look), Sample.finished(), Sample.inside(look: look),
                Sample.drawing(look: look), compared,
            ] {
                for overlay in PropertyTests.overlays {
                    var state = base
                    (state.width, state.height, state.screen, state.overlay) = (width, height, screen, overlay)
                    state.look = look
                    _ = update(&state, .input(.resize(width: width, height: height)))
                    #expect(render(state).cells.allSatisfy { $0.scalar.isASCII })
                }
            }
        }
    }

    /// 100,000 steps of whatever a person, a terminal and a run can bring; every fifth is drawn.
    @Test("Nothing that happens traps, and from everywhere Esc comes back to Lab", arguments: [1, 2, 3, 4] as [UInt64])
    func randomWalk(seed: UInt64) {
        var walk = Walk(seed: seed)
        for step in 0..<25_000 {
            walk.step()
            guard step.isMultiple(of: 5) else { continue }
            let buffer = walk.state.display.plain ? PlainPage(walk.state).buffer : render(walk.state)
            #expect(buffer.cells.count == walk.state.width * walk.state.height)
            if step.isMultiple(of: 250) { expectHome(walk.state) }
        }
        #expect(walk.starts > 0)
    }

    private func expectHome(_ state: DashboardState) {
        var state = state
        // In a window that is too small Esc does nothing.
        (state.width, state.height) = (80, 24)
        var presses = 0
        // 16 levels, each with what its screen closes first (a digit, its neighbours, a filter), and before them a
        // question, a list with its filter, a field, a cursor, a pinned epoch.
        while state.screen != .lab || state.runs.typing != nil || state.overlay != nil
            || state.composerPanel.editing != nil
            || !state.cameFrom.isEmpty,
            presses < 64
        {
            Sample.press(&state, .escape)
            presses += 1
        }
        #expect(
            state.screen == .lab && state.overlay == nil && state.composerPanel.editing == nil,
            "\(state.screen), \(state.cameFrom.count) levels, \(String(describing: state.overlay))")
    }
}

/// A person who presses anything, with a run that does what it is told.
private struct Walk {
    var state = Sample.state()
    /// Runs that were started.
    var starts = 0
    private var generator: SeededGenerator
    private var epoch = 0
    private var history = BatchHistory()
    private let keys: [Key]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, stream: 7)
        keys =
            KeyMap.bindings.flatMap(\.verb.keys) + [.backspace, .function(5), .insert, .control("u"), .control("k")]
            + "0123456789relutanh+drop.->e=é".unicodeScalars.map(Key.character)
    }

    private mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

    mutating func step() {
        let effects = update(&state, action())
        for case .start(_, let run, let paused, _) in effects {
            starts += 1
            epoch = 0
            history = BatchHistory()
            let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
            _ = update(&state, .event(.started(facts, untrained: Sample.evaluation(epoch: 0)), run: run))
            if paused { _ = update(&state, .event(.paused(position: 0), run: run)) }
        }
        for case .command(.evaluateTest) in effects {
            let test = Sample.evaluation(epoch: epoch, source: .test)
            _ = update(&state, .event(.testEvaluated(test), run: state.run?.id ?? 0))
        }
        for case .command(.watch(let watch?)) in effects {
            _ = update(&state, .inspection(Sample.inspection(watch, state), run: state.run?.id ?? 0))
        }
        Sample.answerRuns(&state, effects)
        for case .remember in effects { _ = update(&state, .remembered(path: "/tmp/config.toml")) }
        for case .openTerminal(let display) in effects {
            let (glyphs, colors) = (display.glyphs ?? .braille, display.colors ?? .truecolor)
            _ = update(&state, .terminalOpened(glyphs: glyphs, colors: colors))
        }
        for case .save(let request) in effects {
            _ = update(&state, .saved(what: request.what, paths: ["/tmp/\(request.stem)-1.pgm"], work: request.work))
        }
    }

    private mutating func action() -> Action {
        let run = state.run?.id ?? below(3)
        switch below(40) {
        case 0:
            let sizes = [
                (80, 24), (160, 48), (60, 20), (40, 12), (10, 5), (0, 0), (120, 40), (200, 60), (39, 11), (76, 18),
            ]
            let size = sizes[below(sizes.count)]
            return .input(.resize(width: size.0, height: size.1))
        case 1, 2: return snapshot(run)
        case 3, 4: return epochFinished(run)
        case 5: return event(run)
        case 6: return .dataLoaded(Sample.data)
        case 7: return below(2) == 0 ? .autoRunDue(ticket: state.autoRunTicket - below(2)) : runs(run)
        case 8, 9, 10:
            let kinds: [MouseEvent.Kind] = [.press, .press, .press, .release, .drag, .scrollUp, .scrollDown]
            let kind = kinds[below(kinds.count)]
            let (x, y) = (below(state.width + 2), below(state.height + 2))
            return .input(.mouse(MouseEvent(kind: kind, x: x, y: y)))
        default: return .input(.key(keys[below(keys.count)]))
        }
    }

    private mutating func runs(_ run: Int) -> Action {
        let count = below(30)
        let list = (0..<count).map { Sample.savedRun(count - $0, state: SavedRunState.allCases[below(6)]) }
        let news: [StoreReply] = [
            .listed(list), .listed(list), .listed(list), .unavailable(.busy(path: "runs")),
            .failed(.full(path: "runs")), .undeleted([below(30)]),
            .history(run: below(30), SavedHistory(stamp: HistoryStamp(Sample.savedRun(1).summary), record: nil)),
        ]
        return below(8) == 0 ? .recording(.numbered(below(30) + 1), run: run) : .runs(news[below(news.count)])
    }

    private mutating func snapshot(_ run: Int) -> Action {
        let loss: Float = below(20) == 0 ? .nan : Float(below(1000)) / 300
        history.append(loss: loss, accuracy: Float(below(100)) / 100)
        let states: [RunState] = [.running, .running, .running, .paused, .finished]
        let state = states[below(states.count)]
        return .snapshot(Sample.snapshot(state, epoch: epoch, batch: below(4), history: history), run: run)
    }

    private mutating func epochFinished(_ run: Int) -> Action {
        epoch += 1
        return .event(.epochFinished(Sample.report(epoch)), run: run)
    }

    private mutating func event(_ run: Int) -> Action {
        let position = Double(epoch) + 0.25
        let events: [TrainingEvent] = [
            .paused(position: position), .finished, .stopped, .failed(.diverged(epoch: epoch + 1, batch: 1)),
            .changed(LiveChange(.learningRate(2e-3), at: RunPlace(epoch: epoch, batch: 1))),
            .bestEpoch(epoch, value: 0.5),
            .rateReduced(from: 2e-3, to: 1e-3, position: position), .stoppedEarly(epoch: epoch, best: 1),
            .weightsReplaced(.average, validation: nil),
            .testEvaluated(Sample.evaluation(epoch: epoch, source: .test)),
        ]
        return .event(events[below(events.count)], run: run)
    }
}
