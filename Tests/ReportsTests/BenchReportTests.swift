import Reports
import Testing

@Suite struct BenchReportTests {
    @Test(
        "The median is the middle time, or the mean of the two middle ones",
        arguments: [([3, 1, 2], 2), ([4, 1, 2, 3], 2.5), ([1], 1), ([], nil)] as [([Double], Double?)])
    func median(times: [Double], median: Double?) {
        let entry = BenchReport.Entry(
            net: "8tanh", batch: 32, threads: 1, epochSeconds: times, rows: 5, operations: 4_000_000_000, shares: [],
            testSeconds: 1)
        #expect(entry.medianSeconds == median)
        #expect(entry.samplesPerSecond == median.map { 5 / $0 })
        #expect(entry.gigaflops == median.map { 20 / $0 })
    }

    @Test("The whole text")
    func text() {
        let entry = BenchReport.Entry(
            net: "8tanh", batch: 32, threads: 2, epochSeconds: [0.5, 0.25], rows: 54_000, operations: 25_000,
            shares: [("gather", 0.25), ("update", 0.75)], testSeconds: 0.008)
        #expect(
            BenchReport(entries: [entry]).text == """
                [
                  {
                    "net": "8tanh",
                    "batch": 32,
                    "threads": 2,
                    "epoch_s": [0.5, 0.25],
                    "median_s": 0.375,
                    "least_s": 0.25,
                    "most_s": 0.5,
                    "samples_per_second": 144000.0,
                    "dense_gflops": 3.6,
                    "test_s": 0.008,
                    "share": [{"phase": "gather", "share": 0.25}, {"phase": "update", "share": 0.75}]
                  }
                ]
                """)
    }
}
