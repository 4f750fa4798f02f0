<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
  <rules key="{de487ffa-b843-52d2-8459-f3873a488b5c}">
   <rule key="{8b33d4a4-f835-5d4e-b08c-75df6f40ec20}" symbol="0" label="有禁止规定" description="prohibited" filter="&quot;effect&quot; = 'prohibited'" />
   <rule key="{2c9e052f-933f-5961-8b1c-3b372437d853}" symbol="1" label="有限制规定" description="restricted" filter="&quot;effect&quot; = 'restricted'" />
   <rule key="{c7a6fccd-19ac-5602-8536-879371a06cac}" symbol="2" label="有应尽的要求" description="required" filter="&quot;effect&quot; = 'required'" />
   <rule key="{fb31d54f-10bd-5620-8a52-1508ada35629}" symbol="3" label="是否有效不能确定" description="cannot_determine" filter="&quot;effect&quot; = 'cannot_determine'" />
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="color" type="QString" value="168,32,26,76" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_style" type="QString" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,153" />
      <Option name="line_width" type="QString" value="1.06" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="line_color" type="QString" value="168,32,26,255" />
      <Option name="line_width" type="QString" value="0.53" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="color" type="QString" value="143,74,0,76" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_style" type="QString" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,153" />
      <Option name="line_width" type="QString" value="1.06" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="line_color" type="QString" value="143,74,0,255" />
      <Option name="line_width" type="QString" value="0.53" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="color" type="QString" value="23,74,140,76" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_style" type="QString" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,153" />
      <Option name="line_width" type="QString" value="1.06" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="line_color" type="QString" value="23,74,140,255" />
      <Option name="line_width" type="QString" value="0.53" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1">
    <layer class="LinePatternFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="distance" type="QString" value="2.2" />
      <Option name="distance_unit" type="QString" value="MM" />
     </Option>
     <symbol name="@3@0" type="line" alpha="1" clip_to_extent="1">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="line_color" type="QString" value="106,61,154,153" />
        <Option name="line_width" type="QString" value="0.29" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="joinstyle" type="QString" value="round" />
        <Option name="capstyle" type="QString" value="round" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="line_color" type="QString" value="106,61,154,255" />
      <Option name="line_width" type="QString" value="0.42" />
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
   <text-style fieldName="CASE WHEN @zonerules_lang = 'en' THEN wordwrap(coalesce(&quot;name_en&quot;, &quot;name_zh&quot;), 26) ELSE regexp_replace(coalesce(&quot;name_zh&quot;, &quot;name_en&quot;), '(.{12})(?=.)', '\\1\n') END || '\n' || replace(CASE WHEN @zonerules_lang = 'en' THEN coalesce(&quot;count_en&quot;, &quot;count_zh&quot;) ELSE coalesce(&quot;count_zh&quot;, &quot;count_en&quot;) END, ' · ', '\n')" isExpression="1" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="34,41,46,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,217" bufferOpacity="1" />
   </text-style>
   <text-format multilineAlign="1" />
   <placement placement="4" centroidWhole="0" centroidInside="1" predefinedPositionOrder="BR,TR,BL,TL,R,L,TSR,BSR" distUnits="MM" priority="5" />
   <rendering drawLabels="1" scaleVisibility="1" displayAll="0" scaleMin="1" scaleMax="2500000" obstacle="0" />
  </settings>
 </labeling>
 <layerGeometryType>2</layerGeometryType>
</qgis>
