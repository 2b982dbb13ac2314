// What the reports draw with, and nothing else of ECharts: esbuild drops the rest.
import { init, use } from 'echarts/core';
import { BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendComponent,
  TooltipComponent, VisualMapComponent, SVGRenderer,
]);

export { init };
