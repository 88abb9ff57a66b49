import SoakParts
import TestSupport
import Testing

/// What `make beside` does for ten minutes, for some seconds.
@Suite(.serialized, .timeLimit(.minutes(40)))
struct BesideSoakTests {
    @Test(
        "Dashboards, trainings and commands on one store, some of them killed, leave it whole, and no run has two owners"
    )
    func beside() throws {
        let folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
        let data = folder.path("digits")
        var lines: [String] = []
        let soak = try BesideSoak(folder: folder, data: data, seed: 7, log: SoakLog { lines.append($0) })
        try soak.run(seconds: 20)
        try soak.finish()
        let report = soak.report
        #expect(report.failures == [], "\(lines)")
        #expect(report.trainings > 8 && report.commands > 5, "\(report.text)")
        // Much longer than what is measured on a machine of its own: here other tests run beside it.
        #expect(report.longestWait < 10, "\(report.text)")
    }
}
