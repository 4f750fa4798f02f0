<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
  <rules key="{7568cccc-5eec-5d27-adf3-fc1aaa8968ae}">
   <rule key="{ff0cdb50-c3bc-528e-98d6-ec70ad02c094}" symbol="0" label="文件写明的界线" description="documented" filter="&quot;status&quot; = 'documented'" />
   <rule key="{9efde5c3-66b7-5c89-a966-3ff6a084313b}" symbol="1" label="补接或推定的界线" description="assumed" filter="&quot;status&quot; = 'assumed'" />
  </rules>
  <symbols>
   <symbol name="0" type="line" alpha="1" clip_to_extent="1">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,204" />
      <Option name="line_width" type="QString" value="1.32" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="line_color" type="QString" value="168,32,26,255" />
      <Option name="line_width" type="QString" value="0.66" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol name="1" type="line" alpha="1" clip_to_extent="1">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,204" />
      <Option name="line_width" type="QString" value="1.19" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="line_color" type="QString" value="143,74,0,255" />
      <Option name="line_width" type="QString" value="0.53" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="flat" />
      <Option name="use_custom_dash" type="QString" value="1" />
      <Option name="customdash" type="QString" value="1.59;1.06" />
      <Option name="customdash_unit" type="QString" value="MM" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="CASE WHEN @zonerules_lang = 'en' THEN coalesce(&quot;road_en&quot;, &quot;road_zh&quot;) ELSE coalesce(&quot;road_zh&quot;, &quot;road_en&quot;) END" isExpression="1" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="34,41,46,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,217" bufferOpacity="1" />
   </text-style>
   <text-format multilineAlign="1" />
   <placement placement="2" placementFlags="10" dist="1" predefinedPositionOrder="BR,TR,BL,TL,R,L,TSR,BSR" distUnits="MM" priority="6" />
   <rendering drawLabels="1" scaleVisibility="1" displayAll="0" scaleMin="1" scaleMax="60000" obstacle="1" />
  </settings>
 </labeling>
 <layerGeometryType>1</layerGeometryType>
</qgis>
