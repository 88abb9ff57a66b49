extension RunSummary {
    /// Replaces each text that another run has, too, by that run's: equal texts of a long list then lie in memory once.
    package mutating func shareTexts(with other: RunSummary) {
        Self.share(&specLine, other.specLine)
        Self.share(&changeLine, other.changeLine)
        Self.share(&plannedChangeLine, other.plannedChangeLine)
        Self.share(&note, other.note)
        Self.share(&dataset, other.dataset)
        Self.share(&dataSource, other.dataSource)
        if let mine = fingerprint, mine == other.fingerprint { fingerprint = other.fingerprint }
        Self.share(&program, other.program)
        Self.share(&machine.blas, other.machine.blas)
        Self.share(&machine.host, other.machine.host)
        Self.share(&machine.kernels, other.machine.kernels)
        Self.share(&owner.host, other.owner.host)
        Self.share(&owner.boot, other.owner.boot)
        Self.share(&owner.start, other.owner.start)
    }

    private static func share(_ mine: inout String, _ other: String) {
        if mine == other { mine = other }
    }
}
