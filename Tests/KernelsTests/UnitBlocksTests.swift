import Kernels
import Testing

@Suite struct UnitBlocksTests {
    @Test func `blocks cover all units in order, in whole vectors, none wider than the widest`() {
        for units in 1...1100 {
            let cut = UnitBlocks(units: units)
            var next = 0
            for block in cut.blocks {
                #expect(block.start == next && block.width > 0 && block.width <= UnitBlocks.widestBlock)
                #expect(block.width % 16 == 0 || (units <= 8 && block.width == 8))
                next += block.width
            }
            #expect(next == cut.stride && next >= units && next - units < 16)
        }
    }

    @Test func `layers from 32 units on can be shared by two workers, about evenly`() {
        #expect(UnitBlocks(units: 10).blocks.count == 1)
        #expect(UnitBlocks(units: 32).blocks.map(\.width) == [16, 16])
        #expect(UnitBlocks(units: 200).blocks.map(\.width) == [112, 96])
        #expect(UnitBlocks(units: 512).blocks.map(\.width) == [128, 128, 128, 128])
    }
}
