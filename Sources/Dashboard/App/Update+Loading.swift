extension DashboardState {
    /// A start that is asked for while the data set is on its way is made when it is there; the same key again takes it
    /// back.
    mutating func startWhenLoaded(_ command: Command) -> [Effect] {
        awaitsData = awaitsData == command ? nil : command
        return []
    }

    /// Does what was asked for before the data set was there.
    mutating func startAwaited() -> [Effect] {
        guard let command = awaitsData else { return [] }
        awaitsData = nil
        return performTraining(command)
    }

    /// How far the data set is, before there is a run.
    var loadingText: String {
        awaitsData == nil ? "loading the data set ..." : "loading the data set ... training starts when it is there"
    }
}
