import Configuration
import TerminalUI
import Training

/// A screen, or a panel of Lab, as a value: its state, keys, update, hit test and view in one folder.
///
/// It gets the shared state and its area, and can't read another screen's state. To open another screen it returns a
/// destination. `DashboardState` delegates to the screen that has the focus.
package protocol ScreenState: Equatable, Sendable {
    /// The context of its key bindings.
    static var context: KeyContext { get }
    /// Its own keys, in the order of help and docs.
    static var bindings: [Binding] { get }

    // MARK: Verbs

    /// An arrow key.
    mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply
    /// Page down or up: moves by so many pages, negative ones up.
    mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply
    /// Home or End.
    mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply
    /// The key Enter.
    mutating func open(_ shared: inout Shared, _ place: Place) -> Reply
    /// Esc: one level back within the screen.
    ///
    /// - Returns: whether there was a level; else the screen before it is opened.
    mutating func back(_ shared: inout Shared, _ place: Place) -> Bool
    /// Tab, or with −1 Shift-Tab: the next panel of the screen.
    mutating func focusMoved(_ step: Int, _ shared: inout Shared, _ place: Place) -> Reply
    /// A command of its own.
    mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply
    /// Why a command can't be carried out now; nil if it can.
    func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message?

    // MARK: Mouse

    /// A press, a drag or the wheel within its area.
    ///
    /// - Returns: nil where the screen has nothing there: the wheel then acts as the arrows.
    mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply?

    // MARK: Typing

    /// The open line that is typed into; nil where keys are commands.
    func openLine(_ shared: Shared) -> TextField?
    /// The line has changed.
    ///
    /// - Parameter isTaken: whether the line accepted what was typed: only then its text has effects.
    mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared)
    /// A key while a line is open.
    ///
    /// - Returns: nil where the key is for the line itself.
    mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply?

    // MARK: What happens elsewhere

    /// Another run has replaced the newest one.
    mutating func runStarted()
    /// An event of the newest run.
    mutating func noted(_ event: TrainingEvent, _ shared: Shared)
    /// An inspection of a run, by its number in the session.
    mutating func noted(_ inspection: Inspection, run: Int)
    /// The data set is loaded.
    mutating func dataLoaded(_ shared: Shared)
    /// Something has changed while it is shown.
    mutating func refresh(_ shared: Shared)
    /// It is closed.
    ///
    /// - Parameter comesBack: whether Esc leads back to it.
    mutating func unseen(comesBack: Bool)

    /// The store has sent a reply.
    mutating func received(_ reply: StoreReply, _ shared: inout Shared, isShown: Bool)

    // MARK: Preferences

    /// The present value of a preference that also has a key on the screen; nil for others.
    func value(of preference: Preference) -> ConfigurationValue?
    /// Applies a value of such a preference; one of others changes nothing.
    mutating func apply(_ value: ConfigurationValue, to preference: Preference, _ shared: Shared)

    // MARK: What it asks of the world

    /// The requests to the store that follow from a change.
    ///
    /// - Parameter place: its area; nil while it is closed.
    mutating func storeEffects(_ shared: inout Shared, _ place: Place?) -> [Effect]

    /// The watch that it needs; nil where it needs none, so that training is not disturbed.
    func watch(_ shared: Shared, _ place: Place) -> Watch?
    /// Whether it shows what only a survey of the data tells.
    func needsSurvey(_ shared: Shared) -> Bool
    /// The run line of what it shows; nil for that of the composer or the newest run.
    func copiedLine(_ shared: Shared) -> String?
    /// The saved run that is exported, by its number in the store; nil where it is none.
    func exportedRun(_ shared: Shared) -> Int?
    /// The spec that the spec line opens with; nil for that of the composer.
    func specToEdit(_ shared: Shared) -> String?

    // MARK: Views

    /// Draws it as a screen of its own.
    func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer)
    /// Draws the open line in place of the status, where it is not a part of the screen.
    ///
    /// - Returns: whether it did.
    func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool
    /// Its lines for a screen reader.
    func plain(_ shared: Shared) -> [PlainLine]
    /// What the key of training does in it, in a word; nil where that is about the session's run.
    func trainingWord(_ shared: Shared) -> String?
    /// The footer in place of the keys that work; nil for those.
    func footer(_ shared: Shared) -> [FooterHints.Hint]?
}

/// The area of a screen.
package struct Place: Equatable {
    /// Columns and rows of the window.
    package let area: Rect
    /// The panel of Lab that it is; nil for a screen of its own.
    package var panel: LabPanel?
    /// Whether the panel had the focus before it was clicked.
    package var hadFocus = true

    package init(_ area: Rect, panel: LabPanel? = nil) { (self.area, self.panel) = (area, panel) }
}

/// The effects of an event on a screen.
package struct Reply: Equatable, Sendable, ExpressibleByArrayLiteral {
    /// The effects to carry out, in order.
    package var effects: [Effect] = []
    /// The screen that it leads to; nil stays.
    package var destination: Destination?

    package enum Destination: Equatable, Sendable {
        case screen(Screen)
        /// The digits that pass a filter.
        case digits(DigitsFilter)
        /// One digit that a filter accepts, to be selected.
        case digit(DigitsFilter)
        /// A list over the screen.
        case list(Chooser)
    }

    package init(_ effects: [Effect], goingTo destination: Destination? = nil) {
        (self.effects, self.destination) = (effects, destination)
    }

    package init(arrayLiteral effects: Effect...) { self.effects = effects }

    /// A reply that only leads to a destination.
    package static func going(to destination: Destination) -> Reply { Reply([], goingTo: destination) }
}

/// A screen's own state with the shared one and its area, for its views. Properties of the shared state can be used as
/// if they were here.
@dynamicMemberLookup
struct ScreenContext<Own> {
    let own: Own
    let shared: Shared
    let place: Place

    init(_ own: Own, _ shared: Shared, _ place: Place) { (self.own, self.shared, self.place) = (own, shared, place) }

    subscript<Value>(dynamicMember path: KeyPath<Shared, Value>) -> Value { shared[keyPath: path] }
}

extension ScreenState {
    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply { [] }
    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply { [] }
    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply { [] }
    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool { false }
    package mutating func focusMoved(_ step: Int, _ shared: inout Shared, _ place: Place) -> Reply { [] }
    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply { [] }
    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? { nil }
    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? { nil }
    package func openLine(_ shared: Shared) -> TextField? { nil }
    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) {}
    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? { nil }
    package mutating func runStarted() {}
    package mutating func noted(_ event: TrainingEvent, _ shared: Shared) {}
    package mutating func noted(_ inspection: Inspection, run: Int) {}
    package mutating func dataLoaded(_ shared: Shared) {}
    package mutating func refresh(_ shared: Shared) {}
    package mutating func unseen(comesBack: Bool) {}
    package mutating func received(_ reply: StoreReply, _ shared: inout Shared, isShown: Bool) {}
    package func value(of preference: Preference) -> ConfigurationValue? { nil }
    package mutating func apply(_ value: ConfigurationValue, to preference: Preference, _ shared: Shared) {}
    package mutating func storeEffects(_ shared: inout Shared, _ place: Place?) -> [Effect] { [] }
    package func watch(_ shared: Shared, _ place: Place) -> Watch? { nil }
    package func needsSurvey(_ shared: Shared) -> Bool { false }
    package func copiedLine(_ shared: Shared) -> String? { nil }
    package func exportedRun(_ shared: Shared) -> Int? { shared.run?.saved }
    package func specToEdit(_ shared: Shared) -> String? { nil }
    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        false
    }
    package func trainingWord(_ shared: Shared) -> String? { nil }
    package func footer(_ shared: Shared) -> [FooterHints.Hint]? { nil }
}
