import SoakParts
import TestSupport
import Testing

/// What `make soak` does for two hours, for some seconds. Memory and times are measured there alone: other programs and
/// a short time say nothing of them.
@Suite(.serialized, .timeLimit(.minutes(40)))
struct DashboardSoakTests {
    @Test("A dashboard that is used at random goes on, keeps its few descriptors and threads, and trains the same bits")
    func dashboard() throws {
        let folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
        let data = folder.path("digits")
        var lines: [String] = []
        let soak = try DashboardSoak(folder: folder, data: data, seed: 20, log: SoakLog { lines.append($0) })
        try soak.run(seconds: 20, leastSamples: 3)
        try soak.leaveAndStay()
        #expect(soak.questions > 0 && soak.inputs > 50, "\(lines)")
        let figures = soak.samples.map(\.figures)
        #expect(figures.count > 2)
        #expect(figures.allSatisfy { $0.descriptors <= 40 && $0.threads <= 24 && $0.children == 0 }, "\(figures)")
        try soak.quit()

        let check = try Program.run(["runs", "check", "--store", soak.store])
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        let bits = try RepeatedBits(store: soak.store, folder: folder, data: data).compare(most: 3, epochs: 12)
        #expect(bits.differing == [] && !bits.equal.isEmpty, "\(lines)")
    }

    @Test("What grows is told as not steady, and what stays or shrinks as steady")
    func report() {
        let steady = (1...360).map { Self.sample($0, resident: 100_000 + 1000 * ($0 % 7), descriptors: 12 + $0 % 3) }
        #expect(SoakReport(steady).isSteady, "\(SoakReport(steady).text)")
        let growing = (1...360).map { Self.sample($0, resident: 100_000 + 50 * $0, descriptors: 12) }
        #expect(!SoakReport(growing).isSteady)
        #expect(SoakReport(growing).text.contains("resident memory, MiB\t102.1\t113.8\tNO\n"))
        let leaking = (1...360).map { Self.sample($0, resident: 100_000, descriptors: 12 + $0 / 60) }
        #expect(SoakReport(leaking).text.contains("descriptors, at most\t13\t18\tNO\n"))
    }

    /// A sample every ten seconds.
    private static func sample(_ number: Int, resident: Int, descriptors: Int) -> SoakSample {
        var figures = ProcessFigures()
        (figures.resident, figures.anonymous) = (resident, resident)
        figures.descriptors = descriptors
        return SoakSample(seconds: 10 * Double(number), figures: figures)
    }
}
