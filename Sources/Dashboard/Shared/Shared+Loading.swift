extension Shared {
    /// A start while the data set loads is made when it is loaded; the same key again cancels it.
    mutating func startWhenLoaded(_ command: RunCommand) -> [Effect] {
        awaitsData = awaitsData == command ? nil : command
        return []
    }

    /// Carries out a start that waited for the data set.
    mutating func startAwaited() -> [Effect] {
        guard let command = awaitsData else { return [] }
        awaitsData = nil
        return command == .toggleAutoRun ? startByAutoRun() : perform(command)
    }

    /// Starts the edited spec, as auto-run does: at once, or when the data set is loaded.
    mutating func startByAutoRun() -> [Effect] {
        guard isEdited || sessionRun == nil else { return [] }
        if sessionData == .loading {
            // Any other start also starts it.
            awaitsData = awaitsData ?? .toggleAutoRun
            return []
        }
        return start(paused: false)
    }

    /// The delay after an edit is over: only the newest edit starts a run.
    mutating func autoRunDue(_ ticket: Int) -> [Effect] {
        guard autoRun, ticket == autoRunTicket, isEdited || sessionRun == nil else { return [] }
        return start(paused: false)
    }

    /// Without auto-run the delayed start is cancelled.
    mutating func withoutAwaitedAutoRun() -> [Effect] {
        if awaitsData == .toggleAutoRun { awaitsData = nil }
        return []
    }

    /// The state of loading the data set, before there is a run.
    var loadingText: String {
        awaitsData == nil ? "loading the data set ..." : "loading the data set ... training starts when it is there"
    }
}
