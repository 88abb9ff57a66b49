extension Shared {
    /// A start that is asked for while the data set is on its way is made when it is there; the same key again takes it
    /// back.
    mutating func startWhenLoaded(_ command: RunCommand) -> [Effect] {
        awaitsData = awaitsData == command ? nil : command
        return []
    }

    /// Does what was asked for before the data set was there.
    mutating func startAwaited() -> [Effect] {
        guard let command = awaitsData else { return [] }
        awaitsData = nil
        return command == .toggleAutoRun ? startByAutoRun() : perform(command)
    }

    /// Starts what was edited, as auto-run does: at once, or when the data set is there.
    mutating func startByAutoRun() -> [Effect] {
        guard isEdited || run == nil else { return [] }
        if data == .loading {
            // Whatever else was asked for starts it, too.
            awaitsData = awaitsData ?? .toggleAutoRun
            return []
        }
        return start(paused: false)
    }

    /// The wait that an edit started is over: only the newest one starts it.
    mutating func autoRunDue(_ ticket: Int) -> [Effect] {
        guard autoRun, ticket == autoRunTicket, isEdited || run == nil else { return [] }
        return start(paused: false)
    }

    /// Without auto-run the start that it was to make is not made.
    mutating func withoutAwaitedAutoRun() -> [Effect] {
        if awaitsData == .toggleAutoRun { awaitsData = nil }
        return []
    }

    /// How far the data set is, before there is a run.
    var loadingText: String {
        awaitsData == nil ? "loading the data set ..." : "loading the data set ... training starts when it is there"
    }
}
