import TerminalUI
import Testing

@Suite struct DistinctLabelsTests {
    @Test("Labels that fit stay whole; a longer one is cut at its end where all still differ")
    func whole() {
        #expect(DistinctLabels.fitting(["64relu", "128relu ×2"], room: 10) == ["64relu", "128relu ×2"])
        #expect(DistinctLabels.fitting(["64relu", "512relu-256relu"], room: 9) == ["64relu", "512relu-…"])
    }

    @Test("What tells labels apart is not what is cut")
    func different() {
        #expect(DistinctLabels.fitting(["128relu ×2", "128relu ×3"], room: 8) == ["128rel…2", "128rel…3"])
        #expect(DistinctLabels.fitting(["128relu", "128relu ×2"], room: 7) == ["128relu", "128rel…"])
        #expect(
            DistinctLabels.fitting(["100relu-200relu-100relu", "100relu-300relu-100relu"], room: 9)
                == ["…200relu…", "…300relu…"])
        #expect(DistinctLabels.fitting(["mnist-a", "mnist-b"], room: 3) == ["m…a", "m…b"])
    }

    @Test("Equal labels stay equal, and no room is no trap")
    func edges() {
        #expect(DistinctLabels.fitting(["100relu-200relu", "100relu-200relu"], room: 6) == ["100re…", "100re…"])
        #expect(DistinctLabels.fitting(["100relu"], room: 0) == [""])
        #expect(DistinctLabels.fitting([], room: 5).isEmpty)
    }
}
