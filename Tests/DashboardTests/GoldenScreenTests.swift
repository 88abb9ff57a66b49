import Dashboard
import Foundation
import Specs
import TerminalUI
import Testing
import Training

/// Whole screens as text. `UPDATE_GOLDEN=1 swift test -c release --filter GoldenScreenTests` writes them anew.
@Suite struct GoldenScreenTests {
    struct Screenshot: Sendable, CustomTestStringConvertible {
        let name: String
        let width: Int
        let height: Int
        var look = Look()
        var make: @Sendable (Int, Int, Look) -> DashboardState = { Sample.training(width: $0, height: $1, look: $2) }
        var keys: [Key] = []

        var testDescription: String { name }

        var text: String {
            var state = make(width, height, look)
            for key in keys { Sample.press(&state, key) }
            return (state.display.plain ? PlainScreen(state).text : render(state).text) + "\n"
        }
    }

    private static let sizes = [(80, 24), (160, 48)]

    /// Every screen in a run, at the two sizes that it is made for.
    private static let screens = Screen.allCases.flatMap { screen in
        sizes.map { width, height in
            let key = Key.character(Unicode.Scalar(UInt8(48 + screen.rawValue)))
            return Screenshot(
                name: "\(screen.title.lowercased())-\(width)x\(height)", width: width, height: height, keys: [key])
        }
    }

    private static let labSizes = [(40, 12), (60, 20), (120, 40), (200, 60)].map { width, height in
        Screenshot(name: "lab-\(width)x\(height)", width: width, height: height)
    }

    private static let untrained = sizes.map { width, height in
        Screenshot(name: "untrained-\(width)x\(height)", width: width, height: height) {
            Sample.ready(width: $0, height: $1, look: $2)
        }
    }

    private static let looks = [
        ("ascii", Look(glyphs: .ascii)), ("block", Look(glyphs: .block)), ("mono", Look(colors: .mono)),
        ("ascii-mono", Look(glyphs: .ascii, colors: .mono)),
    ].flatMap { name, look in
        [
            Screenshot(name: "lab-80x24-\(name)", width: 80, height: 24, look: look),
            Screenshot(name: "confusion-80x24-\(name)", width: 80, height: 24, look: look, keys: ["3", .down, .right]),
            Screenshot(name: "digits-80x24-\(name)", width: 80, height: 24, look: look, keys: ["4"]),
        ]
    }

    private static let others = [
        Screenshot(name: "loading-80x24", width: 80, height: 24) { Sample.state(width: $0, height: $1, look: $2) },
        Screenshot(name: "help-80x24", width: 80, height: 24, keys: ["?"]),
        Screenshot(name: "quit-80x24", width: 80, height: 24, keys: ["q"]),
        Screenshot(name: "too-small-20x5", width: 20, height: 5),
        Screenshot(name: "cell-80x24", width: 80, height: 24, keys: ["3", .down, .right, .right, .enter]),
        Screenshot(name: "log-80x24", width: 80, height: 24, keys: ["2", "y", .left, .left]),
        Screenshot(name: "refused-80x24", width: 80, height: 24, keys: [.enter, .control("u"), "0", .enter]),
        Screenshot(name: "filter-80x24", width: 80, height: 24, keys: ["4", "/", "1", ">"]),
        Screenshot(name: "finished-80x24", width: 80, height: 24) { width, height, look in
            resized(Sample.finished(), width, height, look)
        },
        Screenshot(name: "failed-80x24", width: 80, height: 24) { width, height, look in
            var state = Sample.training(width: width, height: height, epochs: 3, look: look)
            var history = state.run?.snapshot?.history ?? BatchHistory()
            history.append(loss: .nan, accuracy: 0.1)
            let snapshot = Sample.snapshot(.failed, epoch: 3, batch: 3, history: history)
            _ = update(&state, .snapshot(snapshot, run: 1))
            _ = update(&state, .event(.failed(.diverged(epoch: 4, batch: 3)), run: 1))
            return state
        },
    ]

    private static func resized(_ state: DashboardState, _ width: Int, _ height: Int, _ look: Look) -> DashboardState {
        var state = state
        (state.width, state.height, state.look) = (width, height, look)
        return state
    }

    /// A view of its own at every size, then at 80 × 24 in every look.
    private static func view(
        _ name: String, keys: [Key] = [],
        _ make: @escaping @Sendable (Int, Int, Look) -> DashboardState
    ) -> [Screenshot] {
        [(60, 20), (80, 24), (120, 40), (160, 48), (200, 60)].map { width, height in
            Screenshot(name: "\(name)-\(width)x\(height)", width: width, height: height, make: make, keys: keys)
        }
            + plainLooks.map { look, value in
                Screenshot(name: "\(name)-80x24-\(look)", width: 80, height: 24, look: value, make: make, keys: keys)
            }
    }

    private static let plainLooks = [
        ("ascii", Look(glyphs: .ascii)), ("block", Look(glyphs: .block)), ("mono", Look(colors: .mono)),
        ("ascii-mono", Look(glyphs: .ascii, colors: .mono)),
    ]

    private static let drawn =
        view("drawing") { Sample.drawing(width: $0, height: $1, look: $2) }
        + [
            Screenshot(name: "draw-untrained-80x24", width: 80, height: 24, make: ready, keys: ["7"]),
            Screenshot(name: "draw-paused-160x48", width: 160, height: 48) { width, height, look in
                var state = Sample.drawing(width: width, height: height, look: look)
                Sample.answer(&state, update(&state, .event(.paused(position: 4.5), run: 1)))
                return state
            },
        ]

    /// What the next start shows after a run was interrupted.
    private static let resuming = view("resume") { width, height, look in
        var state = Sample.ready(width: width, height: height, look: look)
        state.overlay = .resumeQuestion(
            ResumableRun(
                number: 12, title: "wide", line: RunLine(spec: state.composer.spec), epochs: 3, plannedEpochs: 40,
                place: RunPlace(epoch: 3), batchesPerEpoch: 4))
        return state
    }

    private static let inside =
        view("inside", keys: []) { Sample.inside(width: $0, height: $1, look: $2) }
        + [
            Screenshot(name: "network-untrained-120x40", width: 120, height: 40, make: ready, keys: ["5"]),
            Screenshot(name: "inside-deep-160x48", width: 160, height: 48) {
                Sample.inside("300relu+bn-200tanh+drop0.2-100relu-64relu-32gelu", width: $0, height: $1, look: $2)
            },
            Screenshot(name: "inside-none-80x24", width: 80, height: 24) {
                Sample.inside("none", width: $0, height: $1, look: $2)
            },
        ]

    private static let browsed =
        view("large") { width, height, look in
            var state = Sample.browsing(width: width, height: height, look: look)
            for key in ["4", .enter, "n"] as [Key] { Sample.answer(&state, update(&state, .input(.key(key)))) }
            return state
        }
        + [(60, 20), (80, 24), (120, 40), (160, 48), (200, 60)].map { width, height in
            Screenshot(name: "nearest-\(width)x\(height)", width: width, height: height) { width, height, look in
                var state = Sample.browsing(width: width, height: height, look: look)
                for key in ["4", "n", "m", .right, "m"] as [Key] {
                    Sample.answer(&state, update(&state, .input(.key(key))))
                }
                return state
            }
        }
        + [
            Screenshot(name: "gallery-120x40", width: 120, height: 40, keys: ["4", "z", "w", "w"]),
            Screenshot(name: "digits-200x60", width: 200, height: 60, keys: ["4"]),
        ]

    private static let ready: @Sendable (Int, Int, Look) -> DashboardState = {
        Sample.ready(width: $0, height: $1, look: $2)
    }

    /// The charts, the confusion and the runs in every state that a session can be in.
    private static let states: [(name: String, make: @Sendable (Int, Int, Look) -> DashboardState)] = [
        ("nothing", { Sample.ready(width: $0, height: $1, look: $2) }),
        ("one-epoch", { Sample.training(width: $0, height: $1, epochs: 1, look: $2) }),
        ("eventful", { Sample.eventful(width: $0, height: $1, look: $2) }),
        ("long", { Sample.long(width: $0, height: $1, look: $2) }),
        ("eight-runs", { Sample.eightRuns(width: $0, height: $1, look: $2) }),
    ]

    private static let session = [(60, 20), (80, 24)].flatMap { size in
        states.flatMap { state in
            [("curves", ["2", "C"]), ("confusion", ["3", "=", "H"]), ("runs", ["6", .down, "m", .down, "m"])].map {
                (screen: String, keys: [Key]) in
                Screenshot(
                    name: "\(screen)-\(size.0)x\(size.1)-\(state.name)", width: size.0, height: size.1,
                    make: state.make, keys: keys)
            }
        }
    }

    private static let sessionSizes = [(120, 40), (200, 60)].flatMap { width, height in
        [("curves", ["2", "C", "A", .left]), ("confusion", ["3"]), ("runs", ["6"])].map {
            (screen: String, keys: [Key]) in
            Screenshot(
                name: "\(screen)-\(width)x\(height)-eight-runs", width: width, height: height,
                make: { Sample.eightRuns(width: $0, height: $1, look: $2) }, keys: keys)
        }
    }

    private static let sessionLooks = [
        ("ascii-mono", Look(glyphs: .ascii, colors: .mono)), ("block", Look(glyphs: .block)),
        ("mono", Look(colors: .mono)),
    ].flatMap { name, look in
        [("curves", ["2", "C"]), ("confusion", ["3", "C"]), ("runs", ["6", .down, "m"])].map {
            (screen: String, keys: [Key]) in
            Screenshot(
                name: "\(screen)-80x24-eight-runs-\(name)", width: 80, height: 24, look: look,
                make: { Sample.eightRuns(width: $0, height: $1, look: $2) }, keys: keys)
        }
    }

    /// Runs of a store: none, one, many, a filter, a filter that is refused, differences, and the digits of two runs.
    private static let saved = [(60, 20), (80, 24), (120, 40), (200, 60)].flatMap { width, height in
        [
            ("none", 0, ""), ("one", 1, ""), ("many", 1_000, "jjjjjm"), ("filter", 40, "/lr<0.0005 wide\n"),
            ("refused", 40, "/lr<0.0005 foo=3"), ("difference", 12, "mjjmjd"), ("errors", 6, "mjEj"),
            ("ensemble", 6, "mjmjZ"),
            ("settings", 12, "wssI"), ("origin", 12, "ww*"),
        ].map { name, count, keys in
            Screenshot(name: "saved-\(width)x\(height)-\(name)", width: width, height: height) { width, height, look in
                var state = Sample.saved(count, width: width, height: height, look: look)
                for scalar in keys.unicodeScalars {
                    Sample.pressInRuns(&state, scalar == "\n" ? .enter : .character(scalar))
                }
                return state
            }
        }
    }

    private static let savedLooks = plainLooks.map { name, look in
        Screenshot(name: "saved-80x24-\(name)", width: 80, height: 24, look: look) { width, height, look in
            var state = Sample.saved(12, width: width, height: height, look: look)
            Sample.pressInRuns(&state, "m", .down, "m", "S")
            return state
        }
    }

    private static let zoomed = [
        Screenshot(
            name: "curves-80x24-batches", width: 80, height: 24,
            make: { Sample.long(width: $0, height: $1, look: $2) }, keys: ["2", "w", "A", .left, "+", "+"]),
        Screenshot(
            name: "curves-80x24-smooth-ascii-mono", width: 80, height: 24, look: Look(glyphs: .ascii, colors: .mono),
            make: { Sample.eventful(width: $0, height: $1, look: $2) }, keys: ["2", "A", "A", .left, .left]),
    ]

    private static let options =
        view("options", keys: ["o"], ready)
        + [
            Screenshot(name: "options-folder-80x24", width: 80, height: 24, make: ready, keys: ["o", "G", .enter]),
            Screenshot(name: "options-40x12", width: 40, height: 12, make: ready, keys: ["o", .down, .down]),
            Screenshot(name: "presets-40x12", width: 40, height: 12, make: ready, keys: ["p"]),
            Screenshot(name: "presets-80x24", width: 80, height: 24, make: ready, keys: ["p", .down, .down]),
            Screenshot(
                name: "presets-80x24-ascii-mono", width: 80, height: 24,
                look: Look(glyphs: .ascii, colors: .mono), make: ready, keys: ["p", .down]),
        ]

    /// Every view and what lies on top of them, as a screen reader has it.
    private static let plain: [Screenshot] = {
        typealias Make = @Sendable (Int, Int, Look) -> DashboardState
        let training: Make = { Sample.training(width: $0, height: $1, look: $2) }
        let eventful: Make = { Sample.eventful(width: $0, height: $1, look: $2) }
        let eight: Make = { Sample.eightRuns(width: $0, height: $1, look: $2) }
        let inside: Make = { width, height, look in
            var state = Sample.inside(width: width, height: height, look: look)
            _ = update(&state, .event(.paused(position: 4.5), run: 1))
            return state
        }
        let drawing: Make = { Sample.drawing(width: $0, height: $1, look: $2) }
        let finished: Make = { width, height, look in resized(Sample.finished(), width, height, look) }
        let screens: [(name: String, make: Make, keys: [Key])] = [
            ("untrained", ready, []), ("lab", training, ["+"]), ("typing", training, [.enter, "6"]),
            ("rate", training, [.down, .down, .down, .down]), ("curves", eventful, ["2", .left]),
            ("compared", eight, ["2", "C"]), ("confusion", training, ["3"]), ("difference", eight, ["3", "=", "H"]),
            ("digits", training, ["4", "m"]), ("filter", training, ["4", "/", "1", ">"]), ("network", inside, []),
            ("runs", eight, ["6", .down, "m"]), ("draw", drawing, []), ("help", training, ["?", .down]),
            ("options", ready, ["o", .down]), ("presets", ready, ["p", .down]), ("spec", ready, ["e", "x", .enter]),
            ("quit", training, ["q"]), ("finished", finished, []),
        ]
        return screens.map { screen in
            Screenshot(
                name: "plain-\(screen.name)", width: 80, height: 24,
                make: { width, height, look in
                    var state = screen.make(width, height, look)
                    state.display.plain = true
                    return state
                }, keys: screen.keys)
        }
    }()

    /// The views that no other list has in these states.
    private static let statesOfOthers = [("lab", "1"), ("digits", "4"), ("network", "5"), ("draw", "7")].flatMap {
        screen, key in
        states.map { state in
            Screenshot(
                name: "\(screen)-80x24-\(state.name)", width: 80, height: 24, make: state.make,
                keys: [Key.character(key)])
        }
    }

    private static let digitsSizes = [(60, 20), (120, 40)].map { width, height in
        Screenshot(name: "digits-\(width)x\(height)", width: width, height: height, keys: ["4"])
    }

    static let all =
        statesOfOthers + digitsSizes + plain + options + screens + drawn + inside + resuming + browsed + labSizes
        + untrained
        + looks + others + session
        + sessionSizes
        + sessionLooks + zoomed + saved + savedLooks

    @Test("The screen is drawn as it was", arguments: all)
    func golden(screenshot: Screenshot) throws {
        try GoldenFile(name: "\(screenshot.name).txt").expect(screenshot.text)
    }

    /// Every view in colour, as a terminal shows it: `cat` one of these files to see it.
    static let coloured: [Screenshot] = [
        Screenshot(name: "lab", width: 80, height: 24), Screenshot(name: "curves", width: 80, height: 24, keys: ["2"]),
        Screenshot(name: "confusion", width: 80, height: 24, keys: ["3"]),
        Screenshot(name: "digits", width: 80, height: 24, keys: ["4"]),
        Screenshot(name: "network", width: 80, height: 24) { Sample.inside(width: $0, height: $1, look: $2) },
        Screenshot(
            name: "runs", width: 80, height: 24, make: { Sample.eightRuns(width: $0, height: $1, look: $2) },
            keys: ["6", .down, "m"]),
        Screenshot(name: "draw", width: 80, height: 24) { Sample.drawing(width: $0, height: $1, look: $2) },
    ]

    @Test("The colours are as they were", arguments: coloured)
    func colours(screenshot: Screenshot) throws {
        var state = screenshot.make(screenshot.width, screenshot.height, screenshot.look)
        for key in screenshot.keys { Sample.press(&state, key) }
        try GoldenFile(name: "colours-\(screenshot.name).ansi").expect(render(state).ansi() + "\n")
    }

    @Test("Every golden screen belongs to a test")
    func noOrphans() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: GoldenFile.folder.path)
        let names = GoldenScreenTests.all.map { "\($0.name).txt" }
        let coloured = GoldenScreenTests.coloured.map { "colours-\($0.name).ansi" }
        #expect(Set(files) == Set(names + coloured + GoldenProductTests.files))
    }
}
