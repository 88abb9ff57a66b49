import Foundation

/// A way in which the program comes to its end, and what is left then.
struct ExitWay: Sendable, CustomStringConvertible {
    /// Which program ends.
    enum Column: String, Sendable, CaseIterable { case dashboard, train, watch }

    /// What is done to it.
    enum Act: Sendable, Equatable {
        case signal(Int32)
        /// The same where nobody reads the terminal any more.
        case signalUnread(Int32)
        /// The terminal is closed.
        case hangUp
        /// What the library of faults does on the main thread or on that of the run.
        case order(String)
    }

    /// How its parent sees it.
    enum End: Equatable, CustomStringConvertible {
        case status(Int32)
        case signal(Int32)
        /// One of the signals of a fault.
        case fault

        init(wait status: Int32) { self = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F) }

        var description: String {
            switch self {
            case .status(let status): "status \(status)"
            case .signal(let signal): "signal \(signal)"
            case .fault: "the signal of a fault"
            }
        }

        func isMet(by other: End) -> Bool {
            guard self == .fault, case .signal(let signal) = other else { return self == other }
            return ExitWay.faults.contains(signal)
        }
    }

    let act: Act
    let column: Column

    /// Signals that say that the program has a fault.
    static let faults: Set = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS]

    /// All that end a process by default, but for two that the C library keeps for itself, and for SIGXFSZ: a file that
    /// gets too large is a write that failed.
    static let signals = (Int32(1)...64).filter { number in
        ![32, 33, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH, SIGXFSZ].contains(number)
    }

    /// Those with names, and some of the others, which are all treated alike.
    private static let someSignals = signals.filter { $0 < 32 || [34, 50, 64].contains($0) }

    private static let orders: [Column: [String]] = [
        .dashboard: [
            "trap main", "trap other", "overflow main", "overflow other", "memory main", "memory other", "exit main",
        ],
        .train: ["trap main", "overflow main", "memory main", "exit main"],
        .watch: ["trap main", "overflow main", "memory main", "exit main"],
    ]

    static func all(_ column: Column) -> [ExitWay] {
        let signals = column == .dashboard ? Self.signals : someSignals
        let unread: [Act] = column == .dashboard ? [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV].map { .signalUnread($0) } : []
        let orders = (orders[column] ?? []).map(Act.order)
        return (signals.map { .signal($0) } + unread + [.hangUp] + orders).map { ExitWay(act: $0, column: column) }
    }

    /// What the parent is told.
    var end: End {
        switch act {
        case .hangUp: .status(130)
        case .order("exit main"): .status(7)
        case .order(let order) where order.hasPrefix("trap"): .signal(SIGILL)
        case .order(let order) where order.hasPrefix("overflow"): .signal(SIGSEGV)
        case .order: .fault
        case .signal(let number), .signalUnread(let number):
            // The three by which a person ends a program, which saves its run before.
            [SIGHUP, SIGINT, SIGTERM].contains(number) ? .status(130) : .signal(number)
        }
    }

    /// The line that is left on the terminal; nil where there is none.
    ///
    /// - Parameters:
    ///   - end: how it really ended.
    ///   - log: the file that has the report.
    func lastWords(_ end: End, log: String) -> String? {
        guard case .signal(let number) = end, act != .hangUp else { return nil }
        // A run is saved first, and the shell says the rest.
        if number == SIGQUIT, column == .dashboard { return nil }
        if number == SIGKILL { return column == .dashboard ? "trainspotter: ended by SIGKILL" : nil }
        // Without a screen the shell says which signal it was, and a crash alone is reported.
        guard column == .dashboard || Self.faults.contains(number) else { return nil }
        return "trainspotter: ended by \(Self.name(number))"
    }

    /// Whether the details of the end are in the log.
    func isReported(_ end: End) -> Bool { end != .signal(SIGKILL) && lastWords(end, log: "") != nil }

    private static func name(_ number: Int32) -> String {
        let names: [Int32: String] = [
            SIGSEGV: "SIGSEGV", SIGBUS: "SIGBUS", SIGILL: "SIGILL", SIGFPE: "SIGFPE", SIGABRT: "SIGABRT",
            SIGTRAP: "SIGTRAP", SIGSYS: "SIGSYS", SIGUSR1: "SIGUSR1", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE",
            SIGALRM: "SIGALRM", SIGXCPU: "SIGXCPU", SIGVTALRM: "SIGVTALRM", SIGPROF: "SIGPROF", SIGIO: "SIGIO",
            SIGPWR: "SIGPWR", 16: "SIGSTKFLT",
        ]
        return names[number] ?? "signal \(number)"
    }

    var description: String {
        switch act {
        case .signal(let number): "signal \(number) to \(column)"
        case .signalUnread(let number): "signal \(number) to \(column) in a terminal that nobody reads"
        case .hangUp: "the terminal of \(column) closed"
        case .order(let order): "\(order) of \(column)"
        }
    }
}
