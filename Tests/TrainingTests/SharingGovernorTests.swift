import Testing
import Training

@Suite("Sharing a step among the workers")
struct SharingGovernorTests {
    /// Seconds of `steps` steps of 32 rows that take `shared` or `alone` seconds each, and how many were shared.
    private func run(_ governor: inout SharingGovernor, steps: Int, shared: Double, alone: Double) -> (
        seconds: Double, shared: Int
    ) {
        var (seconds, count) = (0.0, 0)
        for _ in 0..<steps {
            let step = governor.isShared ? shared : alone
            if governor.isShared { count += 1 }
            seconds += step
            governor.stepped(rows: 32, seconds: step)
        }
        return (seconds, count)
    }

    @Test("While sharing is faster, trials of the other way cost less than a hundredth")
    func sharingWins() {
        var governor = SharingGovernor()
        _ = run(&governor, steps: 20_000, shared: 80e-6, alone: 140e-6)
        let (seconds, _) = run(&governor, steps: 200_000, shared: 80e-6, alone: 140e-6)
        #expect(seconds < 1.01 * 200_000 * 80e-6)
    }

    @Test("Where one thread is faster it takes over within half a second, and gives way again")
    func changesWithTheMachine() {
        var governor = SharingGovernor()
        _ = run(&governor, steps: 200, shared: 2e-3, alone: 150e-6)
        #expect(!governor.isShared)
        let alone = run(&governor, steps: 40_000, shared: 2e-3, alone: 150e-6)
        #expect(alone.shared < 200)
        _ = run(&governor, steps: 100_000, shared: 80e-6, alone: 150e-6)
        #expect(governor.isShared)
    }

    @Test("Where both take the same nothing changes in the long run")
    func indifferent() {
        var governor = SharingGovernor()
        let (_, shared) = run(&governor, steps: 100_000, shared: 1e-4, alone: 1e-4)
        #expect(shared > 95_000)
    }

    @Test("A step longer than the window is tried too")
    func longSteps() {
        var governor = SharingGovernor()
        _ = run(&governor, steps: 12, shared: 0.5, alone: 0.2)
        #expect(!governor.isShared)
    }
}
