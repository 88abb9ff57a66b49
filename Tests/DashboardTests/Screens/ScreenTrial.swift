import Dashboard
import TerminalUI
import Training

/// A screen by itself: its state, what is shared, and where it lies; no root state holds it.
final class ScreenTrial<Own: ScreenState> {
    var own: Own
    var shared: Shared
    var place: Place

    init(_ own: Own, _ shared: Shared, panel: LabPanel? = nil) {
        self.own = own
        self.shared = shared
        place = Place(Rect(x: 0, y: 3, width: shared.width, height: shared.height - 5), panel: panel)
    }

    private init(copying other: ScreenTrial) { (own, shared, place) = (other.own, other.shared, other.place) }

    func copy() -> ScreenTrial { ScreenTrial(copying: self) }

    /// What a screen can be asked, by commands as the keys ask it.
    @discardableResult
    func perform(_ command: Command) -> Reply {
        switch command {
        case .move(let direction): own.move(direction, &shared, place)
        case .page(let pages): own.page(pages, &shared, place)
        case .toStart: own.jump(toEnd: false, &shared, place)
        case .toEnd: own.jump(toEnd: true, &shared, place)
        case .open: own.open(&shared, place)
        default: own.perform(command, &shared, place)
        }
    }

    func perform(_ commands: [Command]) { for command in commands { perform(command) } }

    /// - Returns: whether there was a level within the screen to go back from.
    func back() -> Bool { own.back(&shared, place) }

    func disabled(_ command: Command) -> String? { own.disabled(command, shared, place)?.text }

    /// Types into the line that is open.
    func type(_ text: String) {
        for scalar in text.unicodeScalars {
            guard var line = own.openLine(shared) else { return }
            _ = line.handle(.character(scalar))
            own.edited(line, isTaken: line.refusal == nil, &shared)
        }
    }

    /// A key while a line is open; nil where it is for the line itself.
    @discardableResult
    func key(_ key: Key) -> Reply? { own.typed(key, &shared, place) }

    @discardableResult
    func mouse(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> Reply? {
        own.pointed(MouseEvent(kind: kind, x: x, y: y), &shared, place)
    }

    /// The screen, in its colours.
    var drawn: Buffer {
        var buffer = Buffer(width: shared.width, height: shared.height)
        own.draw(shared, in: place.area, on: &buffer)
        return buffer
    }

    /// The screen as text.
    var text: String { drawn.text }

    /// Everything that a key of the screen or an arrow can ask.
    static var commands: [Command] {
        let own = Own.bindings.map(\.command).filter { if case .run = $0 { false } else { $0 != .presets } }
        let verbs: [Command] = [
            .move(.up), .move(.down), .move(.left), .move(.right), .page(1), .page(-1), .toStart, .toEnd, .open,
        ]
        return verbs + own.filter { !verbs.contains($0) }
    }
}

extension Shared {
    /// The names of the parts in which two values differ.
    static func differences(_ one: Shared, _ other: Shared) -> Set<String> {
        func same<Part: Equatable>(_ part: KeyPath<Shared, Part>) -> Bool { one[keyPath: part] == other[keyPath: part] }
        let parts: [(String, Bool)] = [
            ("width", same(\.width)), ("height", same(\.height)), ("look", same(\.look)), ("display", same(\.display)),
            ("chosenThreads", same(\.chosenThreads)), ("defaultThreads", same(\.defaultThreads)),
            ("secondsFromGMT", same(\.secondsFromGMT)), ("message", same(\.message)), ("data", same(\.data)),
            ("awaitsData", same(\.awaitsData)), ("composer", same(\.composer)), ("run", same(\.run)),
            ("archive", same(\.archive)), ("comparison", same(\.comparison)), ("savedRuns", same(\.savedRuns)),
            ("autoRun", same(\.autoRun)), ("autoRunTicket", same(\.autoRunTicket)), ("source", same(\.source)),
            ("fedEpoch", same(\.fedEpoch)), ("lookBack", same(\.lookBack)), ("selection", same(\.selection)),
            ("past", same(\.past)),
            ("pastOfTest", same(\.pastOfTest)), ("inspection", same(\.inspection)),
            ("opened", same(\.opened)), ("opensSoFar", same(\.opensSoFar)), ("keys", same(\.keys)),
            ("storeLimit", same(\.storeLimit)), ("survey", same(\.survey)),
            ("initial", same(\.initial)), ("asked", same(\.asked)),
        ]
        // A part that is added to Shared is added here.
        precondition(parts.count == Mirror(reflecting: one).children.count)
        return Set(parts.filter { !$0.1 }.map(\.0))
    }
}
